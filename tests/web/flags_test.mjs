import assert from 'node:assert/strict'
import { test } from 'node:test'
import { go, inBrowser, isWide, kSizes, signIn } from './browser.mjs'

for (const size of Object.keys(kSizes)) {
  test(`work through flags (${size})`, () =>
    inBrowser(size, async ({ page, shot }) => {
      await signIn(page, 'township')
      await go(page, '/flags', '.flag .body')
      await shot('flags')
      assert.equal(await isWide(page), false)
      await page.locator('.flag .body').first().focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.locator('.detail .table').first().waitFor()
      await shot('flag-detail')
      assert.equal(await isWide(page), false)
      await page.locator('.detail').getByRole('button', { name: '返回' }).click()
      await page.locator('.detail').waitFor({ state: 'hidden' })
    }))

  test(`progress as charts (${size})`, () =>
    inBrowser(size, async ({ page, shot }) => {
      await signIn(page, 'county')
      await go(page, '/progress', 'canvas')
      await shot('progress')
      assert.equal(await isWide(page), false)
    }))
}

test('a step about one flag, and about many', () =>
  inBrowser('desk', async ({ page, shot }) => {
    await signIn(page, 'township')
    await go(page, '/flags?state=open', '.flag .body')
    const before = await page.locator('.flag').count()
    assert.ok(before >= 3, 'enough flags to act on')
    await page.locator('.flag .body').first().click()
    await page.locator('.act').getByRole('button', { name: '交办' }).click()
    await page.locator('.el-dialog input').first().fill('村监委会')
    await shot('flag-assign')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('已办理 1 个').waitFor()
    await page.locator('.detail').getByText('村监委会').first().waitFor()
    await page.locator('.detail').getByRole('button', { name: '返回' }).click()

    await page.locator('.flag .body').nth(0).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.locator('.picked').getByRole('button', { name: '办理' }).click()
    await page.locator('.el-dialog').getByRole('button', { name: '交办' }).click()
    await page.locator('.el-dialog input').first().fill('驻村工作队')
    await shot('flags-assign-many')
    await page.getByRole('button', { name: '提交 2 个' }).click()
    await page.getByText('已办理 2 个').waitFor()
  }))

test("one's own tasks come first", () =>
  inBrowser('desk', async ({ page, shot }) => {
    await signIn(page, 'county')
    await go(page, '/flags', '.flag .body')
    const tab = (title) => page.locator('.tabs button', { hasText: title })
    const pressed = (title) => tab(title).and(page.locator('[aria-pressed=true]')).waitFor()
    await pressed('全部')
    await tab('待交办').click()
    await pressed('待交办')
    await page.locator('.flag .body').first().click()
    await page.locator('.act').getByRole('button', { name: '交办' }).click()
    await page.locator('.el-dialog input').first().fill('county')
    await page.locator('.el-autocomplete-suggestion li').first().waitFor()
    await shot('flag-assign-workers')
    await page.locator('.el-dialog h3').click()
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('已办理 1 个').waitFor()
    await page.reload()
    // As the menu leads there: the task that was given just now.
    await page.locator('.frame-header').getByRole('link', { name: '查询' }).click()
    await page.locator('.frame-header').getByRole('link', { name: '疑点' }).click()
    await pressed('我的任务')
    await page.locator('.flag', { hasText: 'county' }).waitFor()
    assert.equal(await page.locator('.flag').count(), 1)
    await shot('flags-tasks')
    await tab('全部').click()
    await page.locator('.flag').nth(1).waitFor()
    await page.locator('.named').click()
    await page.locator('.el-select-dropdown__item', { hasText: 'county' }).click()
    await page.locator('.flag').nth(1).waitFor({ state: 'detached' })
    assert.match(page.url(), /assignee=county/)
    assert.equal(await isWide(page), false)
  }))

test('the ledger is downloaded', () =>
  inBrowser('desk', async ({ page }) => {
    await signIn(page, 'township')
    await go(page, '/flags', '.flag .body')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载台账' }).click(),
    ])
    assert.match(file.suggestedFilename(), /\.xlsx$/)
  }))
