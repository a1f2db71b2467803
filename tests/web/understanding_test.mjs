// What the one search box takes a text for: the remark below it. No real numbers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { go, inBrowser, signIn } from './browser.mjs'

const kCases = [
  ['11010519491231002X', '将按身份证号查询'],
  ['１１０１０５　１９４９１２３１　００２ｘ', '将按身份证号查询'],
  ['110105491231002', '将按身份证号查询'],
  ['340826000096290', '将按户编号查询'], // 15 digits without a date: a household of the poverty registry
  ['3408260000962900000', '将按户编号查询'],
  ['poverty:340826000096290', '将按户编号查询'],
  ['低保：DB340826202727', '将按户编号查询'],
  ['13900000000', '将按电话查询'],
  ['王伟', '将按姓名查询'],
  ['王伟 石庙村', '将按姓名 · 村：石庙村查询'],
  ['石庙村 王伟', '将按姓名 · 村：石庙村查询'],
  ['王伟，石庙', '将按姓名 · 村：石庙查询'],
  ['王伟 1957', '将按姓名 · 出生：1957查询'],
  ['阿卜杜拉·买买提', '将按姓名查询'],
]

test('what is typed is understood', () =>
  inBrowser('desk', async ({ page }) => {
    await signIn(page, 'county')
    await go(page, '/lookup', '[data-search] input')
    for (const [typed, remark] of kCases) {
      await page.locator('[data-search] input').fill(typed)
      assert.equal(await page.locator('.under span').first().innerText(), remark, typed)
    }
    await page.locator('[data-search] input').fill('12345678901')
    await page.keyboard.press('Enter')
    await page.getByText('看不懂').waitFor()
  }))
