import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accounts, inBrowser, kSizes, signIn, url } from './browser.mjs'

for (const size of Object.keys(kSizes)) {
  test(`sign in, and out again (${size})`, () =>
    inBrowser(
      size,
      async ({ page, shot }) => {
        await page.goto(url)
        await page.locator('input[autocomplete=username]').fill(accounts.county.account)
        await page.locator('input[type=password]').fill('not the password')
        await page.keyboard.press('Enter')
        await page.getByRole('alert').waitFor()
        await shot('sign-in-refused')
        await signIn(page, 'county')
        await page.locator('.who').click()
        await page.getByText('修改密码').click()
        await page.locator('.el-dialog input').nth(1).fill('short')
        await page.getByText('新密码至少 12 个字符').waitFor()
        await shot('change-password')
        await page.keyboard.press('Escape')
        await page.locator('.el-overlay').waitFor({ state: 'hidden' })
        await page.locator('.who').click()
        await page.getByText('退出登录').click()
        await page.locator('input[autocomplete=username]').waitFor()
      },
      { expected: /status of 40[01]/ },
    ))
}

test('in English where the browser is', () =>
  inBrowser(
    'desk',
    async ({ page, shot }) => {
      await signIn(page, 'county')
      await page.getByRole('link', { name: 'Look up' }).waitFor()
      await shot('english')
      assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    },
    { locale: 'en-US' },
  ))
