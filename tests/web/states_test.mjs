// What the page says when things go wrong, or when there is nothing: answers put in the service's
// place, so that no account is locked for it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts, go, inBrowser, signIn, url } from './browser.mjs'

function problem(status, code, detail, more = {}) {
  return {
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ type: 'about:blank', title: detail, status, detail, code, ...more }),
  }
}

test('too many attempts: when to try again', () =>
  inBrowser(
    'phone',
    async ({ page, shot }) => {
      await page.route('**/api/v1/sessions', (route) =>
        route.fulfill(problem(429, 'too_many', '登录失败太多。', { retry_after: 90 })),
      )
      await page.goto(url)
      await page.locator('input[autocomplete=username]').fill(accounts.county.account)
      await page.locator('input[type=password]').fill('whatever it is')
      await page.keyboard.press('Enter')
      await page.getByText(/\d+ 秒后可再试/).waitFor()
      await shot('state-too-many')
    },
    { expected: /status of 429/ },
  ))

test('the service cannot be reached: the old list stays, and can be asked for again', () =>
  inBrowser(
    'desk',
    async ({ page, shot }) => {
      await signIn(page, 'county')
      await go(page, '/flags', '.flag .body')
      await page.route('**/api/v1/flags?*', (route) => route.abort())
      await page.locator('.filters .el-checkbox').click()
      await page.getByText('连不上服务').waitFor()
      assert.ok((await page.locator('.flag').count()) > 0)
      await shot('state-unreachable')
      await page.unroute('**/api/v1/flags?*')
      await page.getByRole('button', { name: '重试' }).click()
      await page.getByText('连不上服务').waitFor({ state: 'hidden' })
    },
    { expected: /ERR_FAILED/ },
  ))

test('no flags: says what to do', () =>
  inBrowser('desk', async ({ page, shot }) => {
    await signIn(page, 'county')
    await page.route('**/api/v1/flags?*', (route) =>
      route.fulfill({ json: { count: 0, flags: [], next: '', assigned: { all: 0, me: 0, nobody: 0, assignees: [] } } }),
    )
    await go(page, '/flags', '.empty')
    await shot('state-no-flags')
  }))

test('the session has ended: sign in again, and go on where it was', () =>
  inBrowser(
    'desk',
    async ({ page }) => {
      await signIn(page, 'county')
      await go(page, '/flags', '.flag .body')
      await page.context().clearCookies()
      await page.locator('.filters .el-checkbox').click()
      await page.locator('input[autocomplete=username]').fill(accounts.county.account)
      await page.locator('input[type=password]').fill(accounts.county.password)
      await page.locator('button[type=submit]').click()
      await page.locator('.frame-header').waitFor()
      await page.locator('.flag .body, .empty').first().waitFor()
    },
    { expected: /status of 401/ },
  ))

test('a name that is a script is text', () =>
  inBrowser('desk', async ({ page }) => {
    const script = '<img src=x onerror="document.title=1">'
    await signIn(page, 'county')
    await page.route('**/api/v1/lookups', (route) =>
      route.fulfill({
        json: {
          run: 'R0001',
          candidate_count: 1,
          cut: false,
          household: null,
          candidates: [
            {
              records: ['civil:1'],
              sources: [script],
              name: script,
              id_number: '',
              birth: '',
              place: script,
              household: 'civil:1',
              reason: script,
              exact: true,
              weight: 1,
            },
          ],
        },
      }),
    )
    await go(page, '/lookup', '[data-search] input')
    await page.locator('[data-search] input').fill('某某')
    await page.keyboard.press('Enter')
    await page.locator('.candidate b', { hasText: script }).waitFor()
    assert.equal(await page.title(), '比对')
  }))

test('a change that got no answer is asked for again under the same key', () =>
  inBrowser(
    'desk',
    async ({ page }) => {
      const keys = []
      await signIn(page, 'county')
      await page.route('**/api/v1/sessions/current/password', (route) => {
        keys.push(route.request().headers()['idempotency-key'])
        return keys.length === 1 ? route.abort() : route.fulfill({ status: 204 })
      })
      await page.locator('.who').click()
      await page.getByText('修改密码').click()
      const fields = page.locator('.el-dialog input')
      await fields.nth(0).fill('the present one')
      await fields.nth(1).fill('a new one, long enough')
      await fields.nth(2).fill('a new one, long enough')
      const submit = page.locator('.el-dialog button[type=submit]')
      await submit.click()
      await page.getByText('连不上服务').waitFor()
      await submit.click()
      await page.getByText('密码已修改').waitFor()
      assert.equal(keys.length, 2)
      assert.equal(keys[0], keys[1])
    },
    { expected: /ERR_FAILED/ },
  ))
