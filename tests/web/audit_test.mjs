import assert from 'node:assert/strict'
import { test } from 'node:test'
import { go, household, inBrowser, isWide, kSizes, signIn } from './browser.mjs'

for (const size of Object.keys(kSizes)) {
  test(`the audit log, and whether it holds (${size})`, () =>
    inBrowser(size, async ({ page, shot }) => {
      await signIn(page, 'log_auditor')
      await go(page, '/audit', '.table')
      assert.equal(await page.locator('.frame-header nav').count(), 0, 'one section only: no menu')
      await page.getByRole('button', { name: '核验' }).click()
      await page.locator('.result').waitFor()
      assert.ok(await page.locator('.result.holds').isVisible())
      await shot('audit')
      assert.equal(await isWide(page), false)
    }))
}

test('what was shown stands there in words', () =>
  inBrowser('desk', async ({ page, shot }) => {
    await signIn(page, 'county')
    await go(page, '/flags', '.flag .body')
    await page.locator('.frame-header').getByRole('link', { name: '查询' }).click()
    await page.locator('[data-search] input').fill(household)
    await page.keyboard.press('Enter')
    await page.locator('.members .cell').first().waitFor()
    await page.context().clearCookies()
    await page.reload()
    await signIn(page, 'log_auditor')
    await go(page, '/audit', '.table')
    await page.locator('.detail', { hasText: '按户号；显示了 1 户' }).first().waitFor()
    await page.locator('.detail', { hasText: /\d+ 个疑点/ }).first().waitFor()
    await shot('audit-details')
    const details = await page.locator('td.detail').allInnerTexts()
    assert.deepEqual(details.filter((one) => /[{}"]|[a-z]_[a-z]/.test(one)), [])
  }))
