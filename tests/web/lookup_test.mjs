import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alone, go, hostile, household, inBrowser, isWide, keep, kSizes, name, signIn } from './browser.mjs'

const kSearch = '[data-search] input'

async function search(page, text) {
  await page.locator(kSearch).fill(text)
  await page.keyboard.press('Enter')
}

for (const size of Object.keys(kSizes)) {
  test(`look up one household (${size})`, () =>
    inBrowser(size, async ({ page, shot }) => {
      await signIn(page, 'county')
      await go(page, '/lookup', kSearch)
      await shot('lookup-start')
      await page.locator('body').press('/')
      await page.keyboard.type(name)
      await page.keyboard.press('Enter')
      await page.locator('.candidate').nth(1).waitFor()
      await shot('lookup-candidates')
      assert.equal(await isWide(page), false)
      await page.locator('.candidate').first().focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.locator('.members').waitFor()
      await page.keyboard.press('Escape')
      await page.locator('.candidate').first().waitFor()

      await search(page, household)
      await page.locator('.members .cell').first().waitFor()
      await shot('lookup-household')
      assert.equal(await isWide(page), false)
      assert.ok(!page.url().includes(household.split(':')[1]), 'no household in the address')

      await page.locator('.cell:not(:has-text("基准"))').first().click()
      await page.locator('.explanation canvas').waitFor()
      await shot('lookup-explanation')
      await page.keyboard.press('Escape')

      await page.getByRole('button', { name: '变化经过' }).click()
      await page.locator('.el-drawer .line li').first().waitFor()
      await shot('lookup-history')
      await page.keyboard.press('Escape')

      await page.getByRole('button', { name: '谁看过' }).click()
      await page.locator('.viewing').first().waitFor()
      await shot('lookup-viewers')
      await page.keyboard.press('Escape')

      await page.reload()
      await page.locator('.members .cell').first().waitFor()
    }))
}

for (const size of Object.keys(kSizes)) {
  test(`open a person in no household (${size})`, () =>
    inBrowser(size, async ({ page, shot }) => {
      await signIn(page, 'county')
      await go(page, '/lookup', kSearch)
      await search(page, alone)
      await page.locator('.members .cell').first().waitFor()
      await page.keyboard.press('Escape')
      await page.getByText('不属于任何一户').waitFor()
      await shot('lookup-alone-candidate')
      await page.locator('.candidate').first().click()
      await page.locator('.members .cell').first().waitFor()
      await shot('lookup-alone')
      assert.equal(await isWide(page), false)
      await page.getByRole('button', { name: '变化经过' }).click()
      await page.locator('.el-drawer .table tr').first().waitFor()
      await shot('lookup-alone-history')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: '谁看过' }).click()
      await page.locator('.viewing').first().waitFor()
      await page.keyboard.press('Escape')
      await page.locator('.members .cell').first().click()
      await page.getByText('这条记录是基准').waitFor()
      await page.keyboard.press('Escape')
      await page.reload()
      await page.locator('.members .cell').first().waitFor()
    }))
}

test('a name that is a script is text', () =>
  inBrowser('desk', async ({ page, shot }) => {
    await signIn(page, 'county')
    await go(page, '/lookup', kSearch)
    await search(page, hostile)
    await page.locator('.members .cell').first().waitFor()
    await page.locator('.members .cell').first().click()
    await page.getByRole('button', { name: '查看完整信息' }).click()
    await page.locator('.el-dialog').getByText('姓名', { exact: true }).click()
    await page.locator('.el-dialog textarea').fill('核对姓名')
    await page.getByRole('button', { name: '查看并记录' }).click()
    await page.getByText('<script>window.hacked=1</script>').waitFor()
    await shot('lookup-hostile')
    assert.equal(await page.evaluate(() => window.hacked), undefined)
  }))

test('print a check report', () =>
  inBrowser('desk', async ({ page, shot }) => {
    await signIn(page, 'county')
    await go(page, '/lookup', kSearch)
    await search(page, household)
    await page.getByRole('button', { name: '核对报告' }).click()
    await page.getByRole('button', { name: '出具' }).click()
    await page.locator('button:enabled', { hasText: '打印' }).waitFor()
    await shot('lookup-report')
    const font = await page
      .frameLocator('iframe')
      .locator('body')
      .evaluate((body) => getComputedStyle(body).fontFamily)
    assert.notEqual(font, '"Times New Roman"', 'the report wears its own style')

    // On paper: the report alone, in its own style, on as many pages as it needs.
    const code = await page.locator('.el-dialog .code').innerText()
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.locator('.frame-header').isVisible(), false)
    assert.equal(await page.locator('.el-dialog').isVisible(), false)
    const sheet = page.locator('.print-sheet')
    assert.ok(await sheet.isVisible())
    assert.match(await sheet.locator('body').innerText(), new RegExp(code))
    assert.equal(await sheet.locator('body').evaluate((body) => getComputedStyle(body).fontFamily), font)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    assert.match(pdf.toString('latin1'), /\/MediaBox\s*\[\s*0 0 59[45]/, 'A4 upright')
    await keep('check-report.pdf', pdf)
    await page.emulateMedia({ media: null })
    assert.equal(await sheet.isVisible(), false)
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await page.emulateMedia({ media: 'print' })
    assert.ok(await page.locator('.members').isVisible(), 'without a report the page prints')
  }))

test('an auditor says why; a field is revealed for a reason', () =>
  inBrowser('desk', async ({ page, shot }) => {
    await signIn(page, 'auditor')
    await go(page, '/lookup', kSearch)
    await search(page, household)
    await page.getByText('请先写明查询目的').waitFor()
    await shot('lookup-purpose')
    await page.locator('.purpose input').fill('动态调整入户核查')
    await search(page, household)
    await page.locator('.members .cell').first().click()
    await page.getByRole('button', { name: '查看完整信息' }).click()
    await page.locator('.el-dialog textarea').fill('核对证件原件')
    await shot('lookup-reveal-asked')
    await page.getByRole('button', { name: '查看并记录' }).click()
    await page.getByText('已记入审计日志').waitFor()
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }))
    assert.ok(kept === '{}', 'nothing is kept in localStorage')
  }))

test('nobody found says what to do', () =>
  inBrowser('desk', async ({ page, shot }) => {
    await signIn(page, 'county')
    await go(page, '/lookup', kSearch)
    await search(page, '欧阳无此人')
    await page.getByText('没有找到').first().waitFor()
    await shot('lookup-nobody')
  }))
