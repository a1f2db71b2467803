import assert from 'node:assert/strict'
import { test } from 'node:test'
import { go, inBrowser, isWide, kSizes, signIn } from './browser.mjs'

for (const size of Object.keys(kSizes)) {
  test(`a run's pages (${size})`, () =>
    inBrowser(size, async ({ page, shot }) => {
      await signIn(page, 'county')
      await go(page, '/runs', '.table a')
      await shot('runs')
      await page.locator('.table a').first().focus()
      await page.keyboard.press('Enter')
      await page.locator('.figures').waitFor()
      await shot('run-summary')
      assert.equal(await isWide(page), false)
      await page.getByRole('link', { name: '乡镇 × 规则' }).click()
      await page.locator('td a').first().waitFor()
      await shot('run-matrix')
      assert.equal(await isWide(page), false)
      await page.getByRole('link', { name: '关联误差' }).click()
      await page.locator('canvas').nth(1).waitFor()
      await shot('run-errors')
      assert.equal(await isWide(page), false)
      await page.getByRole('link', { name: '与上次相比' }).click()
      await page.locator('.table').first().waitFor()
      await shot('run-difference')
      await page.getByRole('link', { name: '文件' }).click()
      await page.getByText('report.html').waitFor()
      await shot('run-files')
    }))
}

// Names of places, of ethnic groups and of files stay as they are.
for (const size of Object.keys(kSizes)) {
  test(`a run's pages in English (${size})`, () =>
    inBrowser(
      size,
      async ({ page, shot }) => {
        await signIn(page, 'county')
        await go(page, '/runs', '.table a')
        const run = await page.locator('.table a').first().innerText()
        const isChinese = (line) => /[\u4e00-\u9fff]/.test(line)
        for (const [part, ready] of [
          ['summary', '.figures'],
          ['matrix', 'td a'],
          ['errors', 'canvas'],
          ['difference', '.table'],
          ['files', '.table'],
        ]) {
          await go(page, `/runs/${run}/${part}`, ready)
          await page.locator('details').evaluateAll((all) => all.forEach((one) => (one.open = true)))
          await shot(`english-run-${part}`)
          const lines = (await page.locator('main').innerText()).split('\n')
          assert.deepEqual(lines.filter((line) => isChinese(line) && part !== 'matrix'), [], part)
        }
        await go(page, `/runs/${run}/matrix`, 'td a')
        const titles = await page.locator('thead').innerText()
        assert.ok(!isChinese(titles), titles)
        await go(page, `/runs/${run}/errors`, 'canvas')
        await page.locator('.el-radio-button', { hasText: 'Sources' }).click()
        await shot('english-run-error-sources')
      },
      { locale: 'en-US' },
    ))
}

test('another language renews what the service said', () =>
  inBrowser('desk', async ({ page }) => {
    await signIn(page, 'county')
    await go(page, '/runs', '.table a')
    await page.locator('.table a').first().click()
    await page.getByText('常住人口登记').first().waitFor()
    await page.locator('.frame-header .el-dropdown').last().click()
    await page.getByText('English').click()
    await page.getByText('Rules', { exact: true }).waitFor()
    await page.getByText('常住人口登记').first().waitFor({ state: 'detached' })
  }))

test('start a run and watch it', () =>
  inBrowser('desk', async ({ page, shot }) => {
    page.setDefaultTimeout(120_000)
    await signIn(page, 'data_officer')
    await go(page, '/runs', '.page-head')
    await page.getByRole('button', { name: '开始比对' }).click()
    await shot('run-start')
    await page.getByRole('button', { name: '开始', exact: true }).click()
    await page.locator('.job').first().waitFor()
    await shot('run-watch')
    await page.locator('.job', { hasText: '比对完成' }).first().waitFor()
    await shot('run-done')
  }))
