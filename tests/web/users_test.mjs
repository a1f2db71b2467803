import assert from 'node:assert/strict'
import { test } from 'node:test'
import { go, household, inBrowser, isWide, kSizes, signIn } from './browser.mjs'

for (const size of Object.keys(kSizes)) {
  test(`accounts (${size})`, () =>
    inBrowser(size, async ({ page, shot }) => {
      const account = `test-${size}-${Date.now() % 1_000_000}`
      await signIn(page, 'security_admin')
      await go(page, '/users', '.table')
      await shot('users')
      assert.equal(await isWide(page), false)
      await page.getByRole('button', { name: '新账号' }).click()
      const form = page.locator('.el-dialog')
      await form.locator('input[type=text], input:not([type])').nth(0).fill(account)
      await form.locator('label:has-text("姓名") input').fill('试用')
      await form.getByText('审计员', { exact: true }).click()
      await form.locator('input[type=password]').fill('long enough for a trial')
      await shot('user-new')
      await form.getByRole('button', { name: '保存' }).click()
      await page.getByText(account).waitFor()
    }))

  test(`authorisations (${size})`, () =>
    inBrowser(size, async ({ page, shot }) => {
      const paper = `试〔2026〕${Date.now() % 1_000_000}号`
      await signIn(page, 'security_admin')
      await go(page, '/authorisations', '.panel')
      await page.getByRole('button', { name: '登记授权书' }).click()
      const form = page.locator('.el-dialog')
      await form.locator('label:has-text("户") input').first().fill(household)
      await form.locator('label:has-text("授权书编号") input').fill(paper)
      await form.locator('input[type=date]').nth(0).fill('2026-01-01')
      await form.locator('input[type=date]').nth(1).fill('2027-12-31')
      await shot('authorisation-new')
      await form.getByRole('button', { name: '保存' }).click()
      const row = page.locator('tr', { hasText: paper })
      await row.waitFor()
      await shot('authorisations')
      assert.equal(await isWide(page), false)
      await row.getByRole('button', { name: '撤销' }).click()
      await page.locator('.el-dialog').getByRole('button', { name: '撤销' }).click()
      await row.getByText('已撤销').waitFor()
    }))
}
