import assert from 'node:assert/strict'
import { test } from 'node:test'
import { go, inBrowser, isWide, kSizes, signIn } from './browser.mjs'

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
