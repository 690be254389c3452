import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { entityOf, send, uuidOf } from '@linghang/harness/ask'
import { actorOf, seedAccount, seedActor } from '@linghang/harness/county'
import { everyoneKnown } from '@linghang/harness/imports'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import exceljs from 'exceljs'
import { codesOf, createSpendingDesk, dataOf, today } from './spending-desk.ts'

jest.setTimeout(180_000)

type Desk = Awaited<ReturnType<typeof createSpendingDesk>>
let desk: Desk
beforeAll(async () => {
  desk = await createSpendingDesk()
  await everyoneKnown(desk.county)
})

const flow = 'inFen outFen entries'
const part = `openingFen ${flow} closingFen heldFen holds { amountFen heldOn lapsesOn hold { state } }
  byReason { reason ${flow} } byUse { use amountFen entries } months { month openingFen ${flow} closingFen }`
const ask = (by: Actor, id: string, from: string, until: string, first = 100, after: string | null = null) =>
  desk.county.world.ask.dues(
    by,
    `query ($refs: [_Any!]!, $from: Date!, $until: Date!, $first: Int, $after: String) { _entities(representations: $refs) { ... on Organisation { duesAccount { id
      book(from: $from, until: $until) { from until closed own { ${part} lines(first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage }
        nodes { countsOn reason takesBack use text evidence inFen outFen balanceFen journal { id } } } }
        funds { fund { name } ${part} } } } } } }`,
    { refs: [{ __typename: 'Organisation', id }], from, until, first, after },
  )
const bookOf = async (...args: Parameters<typeof ask>) => {
  const book = entityOf(await ask(...args)).duesAccount?.book
  if (!book) throw new Error('no book')
  return book
}
const mutate = async (by: Actor, field: string, type: string, input: object, told: string) =>
  dataOf(
    await desk.county.world.askUntyped.dues(
      by,
      `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${told} } }`,
      { input },
    ),
  ).done
const income = async (organisationId: string, amountFen: string, countsOn: string, reason = 'INTEREST') =>
  (
    await mutate(
      desk.county.admin,
      'recordDuesIncome',
      'RecordDuesIncomeInput',
      { organisationId, amountFen, countsOn, reason, note: '回单 17 号' },
      'journal { id }',
    )
  ).journal.id as string

const link = (by: Actor, accountId: string, format: 'XLSX' | 'DOCX', from = addDays(today, -1), until = today) =>
  desk.county.world.ask.dues(
    by,
    'query ($accountId: ID!, $from: Date!, $until: Date!, $format: DuesBookFormat!) { duesBookLink(accountId: $accountId, from: $from, until: $until, format: $format) { url } }',
    { accountId, from, until, format },
  )
const fetched = (path: string, by: Actor) => send(desk.county.world.urls.dues, by, { path })

describe('S0-24 a treasurer’s book', () => {
  test('S0-24 tells what was there, each entry by its day with its papers, what is left and what is held', async () => {
    const { tree, county, actors, agreed, approved, submit, decide, settle } = desk
    const { a1 } = tree
    const yesterday = addDays(today, -1)
    // Posted last, and counting first.
    await income(a1.id, '700', yesterday)
    const before = await income(a1.id, '11', addDays(today, -2))
    // Paid by a member, with a receipt.
    const [memberId] = await membersAt(a1.id)
    const { payment } = await mutate(
      actors.treasurer,
      'recordDuesPayment',
      'RecordDuesPaymentInput',
      { memberId, amountFen: '3000', way: 'BANK', payer: 'SELF', receivedOn: yesterday, rest: 'VOLUNTARY' },
      'payment { id }',
    )
    await mutate(
      actors.keeper,
      'confirmDuesPayments',
      'ConfirmDuesPaymentsInput',
      { paymentIds: [payment.id] },
      'payments { id }',
    )
    const { receipt } = await mutate(
      actors.treasurer,
      'issueDuesReceipt',
      'IssueDuesReceiptInput',
      { paymentId: payment.id },
      'receipt { number }',
    )
    // Spent with a voucher; held and not spent; taken back.
    dataOf(await settle(await approved('5000'), '4800'))
    const held = await agreed('900')
    dataOf(await submit(held))
    dataOf(await decide(held, actors.above))
    const wrong = await income(a1.id, '40', today)
    await mutate(
      county.admin,
      'reverseDuesJournal',
      'ReverseDuesJournalInput',
      { journalId: wrong, reason: '记错支部' },
      'journal { id }',
    )

    const book = await bookOf(actors.treasurer, a1.id, yesterday, today)
    expect(book).toMatchObject({ from: yesterday, until: today, closed: false, funds: [] })
    expect(book.own).toMatchObject({
      ...{ openingFen: '11', inFen: '1003700', outFen: '4800', closingFen: '998911', entries: 6, heldFen: '900' },
      byUse: [{ use: 'HARDSHIP', amountFen: '4800', entries: 1 }],
    })
    expect(book.own.holds).toEqual([
      { amountFen: '900', heldOn: today, lapsesOn: addDays(today, 90), hold: { state: 'OPEN' } },
    ])
    expect(book.own.byReason).toEqual([
      { reason: 'DUES_PAID', inFen: '3000', outFen: '0', entries: 1 },
      { reason: 'INTEREST', inFen: '700', outFen: '0', entries: 3 },
      { reason: 'OPENING_BALANCE', inFen: '1000000', outFen: '0', entries: 1 },
      { reason: 'SPENT', inFen: '0', outFen: '4800', entries: 1 },
    ])
    const { nodes, totalCount } = book.own.lines
    expect(totalCount).toBe(6)
    expect(
      nodes.map(({ countsOn, text, evidence, inFen, outFen, balanceFen }) => [
        countsOn,
        text,
        evidence.join(),
        inFen,
        outFen,
        balanceFen,
      ]),
    ).toEqual([
      [yesterday, '利息收入：回单 17 号', '', '700', '0', '711'],
      [yesterday, '党费收入：收银行转账党费', receipt.number, '3000', '0', '3711'],
      [today, '期初余额：期初', '', '1000000', '0', '1003711'],
      [today, '补助生活困难的党员：春节慰问（困难党员）', '25-1', '0', '4800', '998911'],
      [today, '利息收入：回单 17 号', '', '40', '0', '998951'],
      [today, '冲销：利息收入：记错支部', '', '-40', '0', '998911'],
    ])
    expect(nodes.map(({ takesBack }) => takesBack)).toEqual([false, false, false, false, false, true])
    const { duesAccount } = entityOf(await ask(actors.treasurer, a1.id, today, today))
    expect(duesAccount?.book?.own).toMatchObject({ openingFen: '3711', closingFen: '998911' })
    expect((await bookOf(actors.treasurer, a1.id, addDays(today, -2), addDays(today, -2))).own).toMatchObject({
      ...{ openingFen: '0', closingFen: '11', heldFen: '0' },
      lines: { nodes: [{ journal: { id: before }, balanceFen: '11' }] },
    })

    // The same by pages of two.
    const paged: string[] = []
    for (let after: string | null = null; ; ) {
      const { lines }: Pick<typeof book.own, 'lines'> = (
        await bookOf(actors.treasurer, a1.id, yesterday, today, 2, after)
      ).own
      paged.push(...lines.nodes.map(({ balanceFen }) => balanceFen))
      if (!lines.pageInfo.hasNextPage) break
      after = lines.pageInfo.endCursor ?? null
    }
    expect(paged).toEqual(nodes.map(({ balanceFen }) => balanceFen))
  })

  test('S0-24 tells funds apart, month by month, and that it is final once its months are closed', async () => {
    const { tree, county } = desk
    const last = addMonths(monthOf(today), -1)
    await income(tree.a2.id, '500', last)
    const { fund } = await mutate(
      county.admin,
      'openDuesFund',
      'OpenDuesFundInput',
      { organisationId: tree.a2.id, name: '慰问专项', purpose: 'HARDSHIP' },
      'fund { id }',
    )
    await mutate(
      county.admin,
      'setAsideDues',
      'SetAsideDuesInput',
      { fundId: fund.id, amountFen: '120', note: '党委会决定', countsOn: today },
      'journal { id }',
    )
    const secretary = await seedActor(county, 'SECRETARY', tree.a2.id)
    const book = await bookOf(secretary, tree.a2.id, last, today)
    expect(book.own).toMatchObject({ closingFen: '380', byReason: [{ reason: 'INTEREST' }, { reason: 'SET_ASIDE' }] })
    expect(book.own.months).toEqual([
      { month: last, openingFen: '0', inFen: '500', outFen: '0', entries: 1, closingFen: '500' },
      { month: monthOf(today), openingFen: '500', inFen: '0', outFen: '120', entries: 1, closingFen: '380' },
    ])
    expect(book.funds).toEqual([
      expect.objectContaining({ fund: { name: '慰问专项' }, openingFen: '0', inFen: '120', closingFen: '120' }),
    ])
    const end = addDays(monthOf(today), -1)
    expect((await bookOf(secretary, tree.a2.id, last, end)).closed).toBe(false)
    const { duesAccount } = entityOf(
      await county.world.ask.dues(
        county.admin,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { duesAccount { real { id } } } } }',
        { refs: [{ __typename: 'Organisation', id: tree.root.id }] },
      ),
    )
    for (const month of [addMonths(last, -1), last])
      await mutate(
        county.admin,
        'closeDuesMonth',
        'CloseDuesMonthInput',
        { accountId: duesAccount?.real?.id, month },
        'account { closedThrough }',
      )
    expect((await bookOf(secretary, tree.a2.id, last, end)).closed).toBe(true)
    expect((await bookOf(secretary, tree.a2.id, last, today)).closed).toBe(false)
  })

  test('S0-24 is handed over as a workbook whose sums are exact, and to be printed; to nobody else, for no other days', async () => {
    const { tree, actors, county } = desk
    const { own } = await bookOf(actors.treasurer, tree.a1.id, addDays(today, -1), today)
    const accountId = entityOf(await ask(actors.treasurer, tree.a1.id, today, today)).duesAccount?.id as string
    const { url } = dataOf(await link(actors.treasurer, accountId, 'XLSX')).duesBookLink
    const file = await fetched(url, actors.treasurer)
    expect(file.status).toBe(200)
    const workbook = new exceljs.Workbook()
    await workbook.xlsx.load(file.bytes.buffer)
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['汇总', '明细', '逐月', '期末预留'])
    const rows = workbook.getWorksheet('明细')?.getSheetValues().slice(2) as unknown[][]
    const yuan = (fen: string) => Number((Number(fen) / 100).toFixed(2))
    expect(rows.map(row => row.at(7))).toEqual(
      [own.openingFen, ...own.lines.nodes.map(line => line.balanceFen)].map(yuan),
    )
    expect(rows.at(-1)?.slice(3)).toEqual([
      '冲销：利息收入：记错支部',
      undefined,
      -0.4,
      undefined,
      yuan(own.closingFen),
    ])
    expect(workbook.getWorksheet('明细')?.getCell('G3').numFmt).toBe('#,##0.00')
    const printed = dataOf(await link(actors.treasurer, accountId, 'DOCX')).duesBookLink.url
    const docx = await fetched(printed, actors.treasurer)
    expect([docx.status, docx.bytes.subarray(0, 2).toString()]).toEqual([200, 'PK'])

    const sibling = await seedActor(county, 'TREASURER', tree.a2.id)
    expect(codesOf(await link(sibling, accountId, 'XLSX'))).toEqual(['NOT_FOUND'])
    expect((await fetched(url, sibling)).status).toBe(403)
    expect((await fetched(url.replace(addDays(today, -1), addDays(today, -2)), actors.treasurer)).status).toBe(403)
    expect((await fetched(url.replace('.xlsx', '.docx'), actors.treasurer)).status).toBe(403)
    expect((await fetched(`/files/dues-books/${uuidOf(accountId)}.xlsx`, actors.treasurer)).status).toBe(403)
    expect(codesOf(await link(actors.treasurer, accountId, 'DOCX', addDays(today, -366)))).toEqual([
      'BOOK_PERIOD_TOO_LONG',
    ])
  })

  test('S0-24 is of a year at most, and ends no earlier than it begins', async () => {
    const { tree, actors } = desk
    const codes = async (from: string, until: string) => codesOf(await ask(actors.treasurer, tree.a1.id, from, until))
    expect(await codes(today, addDays(today, -1))).toEqual(['BAD_INPUT'])
    expect(await codes(today, today)).toEqual([])
    expect(await codes(addDays(today, -365), today)).toEqual([])
    expect(await codes(addDays(today, -366), today)).toEqual(['BOOK_PERIOD_TOO_LONG'])
  })

  test('S0-24 is theirs whose books they are, and of those above: no sibling’s, no member’s', async () => {
    const { tree, county, actors } = desk
    const [memberId] = await membersAt(tree.a1.id)
    const { subject } = await seedAccount(county, { keptBy: tree.a1.id, memberId: memberId as string })
    const member = await actorOf(county.world, subject)
    const sibling = await seedActor(county, 'TREASURER', tree.a2.id)
    for (const by of [member, sibling])
      expect(entityOf(await ask(by, tree.a1.id, today, today)).duesAccount ?? null).toBeNull()
    for (const by of [actors.secretary, actors.above, actors.aboveBoth])
      expect((await bookOf(by, tree.a1.id, today, today)).own.entries).toBeGreaterThan(0)
  })
})

async function membersAt(organisationId: string): Promise<string[]> {
  const answer = await desk.county.world.ask.members(
    desk.county.admin,
    'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { members(first: 5) { nodes { id } } } } }',
    { refs: [{ __typename: 'Organisation', id: organisationId }] },
  )
  return entityOf(answer).members?.nodes.map(({ id }) => id) ?? []
}
