import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, send, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { dumpText } from '@linghang/harness/databases'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addDays, addMonths } from '@linghang/rulebook'
import ExcelJS from 'exceljs'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const day = addDays(today, -2)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let account: string
let cashier: Actor
let paymentId: string
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const ids = await seedMembers(county, [fullMember(county.code, tree.a1.code, { 姓名: '郑一' })])
  await everyoneKnown(county)
  const opened = dataOf(
    await county.world.ask.dues(
      county.admin,
      'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
      {
        input: {
          ...{ organisationId: tree.root.id, bank: 'ICBC' as const, bankNumber: '6222021203001234567' },
          openedOn: addMonths(today, -3),
        },
      },
    ),
  )
  account = opened.openDuesAccount.account?.id as string
  cashier = await seedActor(county, 'CASHIER', tree.root.id)
  const organiser = await seedActor(county, 'SECRETARY', tree.a1.id)
  const recorded = dataOf(
    await county.world.ask.dues(
      organiser,
      'mutation ($input: RecordDuesPaymentInput!) { recordDuesPayment(input: $input) { payment { id state duesFen } } }',
      {
        input: {
          ...{ memberId: ids.get('郑一') as string, amountFen: '7501', way: 'BANK' as const, payer: 'SELF' as const },
          ...{ receivedOn: day, rest: 'VOLUNTARY' as const },
        },
      },
    ),
  )
  paymentId = recorded.recordDuesPayment.payment?.id as string
})

const table = [
  ['中国工商银行账户明细'],
  ['户名：县委党费专户', '', '币种：人民币'],
  ['交易日期', '摘要', '收入金额（元）', '支出金额（元）', '余额（元）', '对方户名', '对方账号'],
  [day.replaceAll('-', ''), '党费', '75.01', '', '1,075.01', '郑一', '6222 0000 1111 2222'],
  [day, '结息', '1.20', '0.00', '1,076.21', '', ''],
  [day, '手续费', '', '5.00', '1,071.21', '', ''],
  [day, '不明来款', '9.99', '', '1,081.20', '路人', ''],
  ['合计', '', '86.20', '5.00', '', '', ''],
]
const csvOf = (rows: readonly (readonly string[])[]) =>
  rows.map(row => row.map(cell => (cell.includes(',') ? `"${cell}"` : cell)).join(',')).join('\r\n')

/** GB18030 of what a statement holds: every pair of bytes, read once, the other way round. */
const gb18030 = (() => {
  const decoder = new TextDecoder('gb18030')
  const bytes = new Map<string, number[]>()
  for (let first = 0x81; first <= 0xfe; first += 1)
    for (let second = 0x40; second <= 0xfe; second += 1) {
      const text = decoder.decode(Uint8Array.of(first, second))
      if (Array.from(text).length === 1) bytes.set(text, [first, second])
    }
  return (text: string) => Uint8Array.from(Array.from(text).flatMap(sign => bytes.get(sign) ?? [sign.charCodeAt(0)]))
})()

const handIn = async (content: Uint8Array | string, by: Actor = cashier, id = uuidOf(account)) => {
  const { status, text } = await send(county.world.urls.dues, by, {
    method: 'PUT',
    path: `/files/statements/${id}`,
    body: content,
  })
  return { status, ...(JSON.parse(text) as { lines?: number; newLines?: number; proposed?: number; code?: string }) }
}
const lines = async (by: Actor = cashier, openOnly = true) => {
  const answer = await county.world.ask.dues(
    by,
    `query ($refs: [_Any!]!, $openOnly: Boolean) { _entities(representations: $refs) { ... on RealDuesAccount { balanceFen
      bankLines(openOnly: $openOnly, first: 50) { totalCount nodes { id bookedOn amountFen balanceFen other otherDigits words state
        proposedAs payment { id } endedAs whyRejected } } } } }`,
    { refs: [{ __typename: 'RealDuesAccount', id: account }], openOnly },
  )
  const [found] = dataOf(answer)._entities
  return found
}
const confirm = (lineId: string, more: object = {}, by: Actor = cashier) =>
  county.world.ask.dues(
    by,
    'mutation ($input: ConfirmBankLineInput!) { confirmBankLine(input: $input) { line { state endedAs } } }',
    { input: { lineId, ...more } },
  )
const reject = (lineId: string, reason: string, by: Actor = cashier) =>
  county.world.ask.dues(
    by,
    'mutation ($input: RejectBankLineInput!) { rejectBankLine(input: $input) { line { state whyRejected } } }',
    { input: { lineId, reason } },
  )
const lineOf = async (words: string) => {
  const found = (await lines())?.bankLines.nodes.find(line => line.words === words)
  if (!found) throw new Error(`no line ${words}`)
  return found
}

describe('S0-5 a bank’s statement', () => {
  test('S0-5 is read as banks give it, each line once, and what each may be is proposed', async () => {
    expect(await handIn(gb18030(csvOf(table)))).toEqual({ status: 200, lines: 4, newLines: 4, proposed: 2 })
    const book = new ExcelJS.Workbook()
    book.addWorksheet('明细').addRows(table.map(row => [...row]))
    const xlsx = new Uint8Array(await book.xlsx.writeBuffer())
    for (const again of [gb18030(csvOf(table)), csvOf(table), xlsx])
      expect(await handIn(again)).toEqual({ status: 200, lines: 4, newLines: 0, proposed: 0 })
    const found = await lines()
    expect(found?.balanceFen).toBe('0')
    expect(found?.bankLines.totalCount).toBe(4)
    expect(await lineOf('党费')).toMatchObject({
      ...{ bookedOn: day, amountFen: '7501', balanceFen: '107501', other: '郑一', otherDigits: '2222', state: 'OPEN' },
      ...{ proposedAs: 'PAYMENT', payment: { id: paymentId } },
    })
    expect((await lineOf('结息')).proposedAs).toBe('INTEREST')
    expect([(await lineOf('手续费')).amountFen, (await lineOf('不明来款')).proposedAs]).toEqual(['-500', null])
    expect((await dumpText('dues')).includes('郑一')).toBe(false)
  })

  test('S0-5 is for whoever keeps the books of that committee', async () => {
    const elsewhere = await seedActor(county, 'SECRETARY', tree.a.id)
    const leader = await seedActor(county, 'LEADER', tree.root.id)
    for (const by of [elsewhere, leader]) {
      expect(await handIn(csvOf(table), by)).toMatchObject({ status: 404, code: 'NOT_FOUND' })
      expect(codesOf(await confirm((await lineOf('结息')).id, {}, by))).toEqual(['NOT_FOUND'])
      expect(codesOf(await reject((await lineOf('结息')).id, '不入账', by))).toEqual(['NOT_FOUND'])
    }
    expect((await lines(leader))?.bankLines).toEqual({ totalCount: 0, nodes: [] })
  })

  test('S0-5 a line is posted by a person, once, as what was proposed or as what they say', async () => {
    const dues = await lineOf('党费')
    const both = await Promise.all([confirm(dues.id), confirm(dues.id)])
    expect(both.flatMap(answer => codesOf(answer))).toEqual(['BANK_LINE_ENDED'])
    expect((await lines())?.balanceFen).toBe('7501')
    const stray = await lineOf('不明来款')
    expect(codesOf(await confirm(stray.id))).toEqual(['BANK_LINE_NOT_THAT'])
    expect(codesOf(await confirm(stray.id, { as: 'PAYMENT', paymentId }))).toEqual(['BANK_LINE_NOT_THAT'])
    expect(codesOf(await confirm(stray.id, { as: 'CASH_DEPOSIT' }))).toEqual(['MONEY_NOT_THERE'])
    expect(codesOf(await confirm((await lineOf('手续费')).id, { as: 'INTEREST' }))).toEqual(['BANK_LINE_NOT_THAT'])
    expect(dataOf(await confirm((await lineOf('结息')).id)).confirmBankLine.line).toEqual({
      state: 'CONFIRMED',
      endedAs: 'INTEREST',
    })
    expect((await lines())?.balanceFen).toBe('7621')
    expect(codesOf(await reject(stray.id, ' '))).toEqual(['BAD_INPUT'])
    expect(dataOf(await reject(stray.id, '误转，已退回')).rejectBankLine.line).toEqual({
      state: 'REJECTED',
      whyRejected: '误转，已退回',
    })
    expect([(await lines())?.bankLines.totalCount, (await lines(cashier, false))?.bankLines.totalCount]).toEqual([1, 4])
  })

  const heading = table[2] as string[]
  const good = ['2026-01-05', '党费', '1.00', '', '', '', '']
  test.each([
    [
      'a line that cannot be read',
      csvOf([heading, good, ['2026-01-06', '党费', '一元', '', '', '', '']]),
      'STATEMENT_UNREADABLE',
    ],
    ['a line that is shifted', `${csvOf([heading, good])}\r\n2026-01-06,党费,1,234.00,,,,`, 'STATEMENT_UNREADABLE'],
    ['no column of days', csvOf([heading.slice(1), good.slice(1)]), 'STATEMENT_NO_TABLE'],
    ['nothing', ' ', 'STATEMENT_NO_TABLE'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'STATEMENT_NO_TABLE'],
    ['5,001 lines', csvOf([heading, ...Array.from({ length: 5_001 }, () => good)]), 'STATEMENT_NO_TABLE'],
  ])('S0-5 with %s nothing of it is taken', async (_, content, code) => {
    expect(await handIn(content)).toMatchObject({ status: 400, code })
    expect((await lines(cashier, false))?.bankLines.totalCount).toBe(4)
  })

  test('S0-5 of 5,000 lines that say the same each is a line, and no more the next time', async () => {
    const many = csvOf([heading, ...Array.from({ length: 5_000 }, () => good)])
    expect(await handIn(many)).toMatchObject({ status: 200, lines: 5_000, newLines: 5_000 })
    expect(await handIn(many)).toMatchObject({ status: 200, newLines: 0 })
  })
})
