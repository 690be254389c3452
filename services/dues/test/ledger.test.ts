import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, entityOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, orgCode, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl, dumpText, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { addDays, addMonths } from '@linghang/rulebook'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const number = '6222 0212 0300 1234 567'

/** A county of two committees, the upper one with a dues account. */
async function createBooks() {
  const county = await createCounty()
  const tree = await seedTwoCommittees(county)
  const account = dataOf(await open(county, tree.root.id)).openDuesAccount.account
  return { county, tree, account }
}
let books: Awaited<ReturnType<typeof createBooks>>
beforeAll(async () => {
  books = await createBooks()
})

const open = (county: County, organisationId: string, more: object = {}, by: Actor = county.admin) =>
  county.world.ask.dues(
    by,
    `mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) {
      account { id bank lastDigits balanceFen openedOn } } }`,
    { input: { organisationId, bank: 'ICBC' as const, bankNumber: number, openedOn: addMonths(today, -3), ...more } },
  )
const accountsAt = async (county: County, id: string, by: Actor = county.admin) => {
  const answer = await county.world.ask.dues(
    by,
    `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
      duesAccount { id balanceFen real { id balanceFen } entries(first: 50) { totalCount nodes { amountFen balanceFen number
        journal { id reason note countsOn reverses { id } reversedBy { id } } } } }
      realDuesAccount { id balanceFen closedThrough entries(first: 50) { totalCount } } } } }`,
    { refs: [{ __typename: 'Organisation', id }] },
  )
  const [found] = dataOf(answer)._entities
  return found as NonNullable<typeof found>
}
const receive = (county: County, organisationId: string, amountFen: string, more: object = {}, by = county.admin) =>
  county.world.ask.dues(
    by,
    'mutation ($input: RecordDuesIncomeInput!) { recordDuesIncome(input: $input) { journal { id countsOn } } }',
    { input: { organisationId, amountFen, reason: 'INTEREST' as const, note: '回单 17 号', ...more } },
  )
const received = async (...args: Parameters<typeof receive>) =>
  dataOf(await receive(...args)).recordDuesIncome.journal.id
const reverse = (county: County, journalId: string, by = county.admin) =>
  county.world.ask.dues(
    by,
    'mutation ($input: ReverseDuesJournalInput!) { reverseDuesJournal(input: $input) { journal { id } } }',
    { input: { journalId, reason: '记错支部' } },
  )
const close = (county: County, accountId: string, month: string) =>
  county.world.ask.dues(
    county.admin,
    'mutation ($input: CloseDuesMonthInput!) { closeDuesMonth(input: $input) { account { closedThrough } } }',
    { input: { accountId, month } },
  )

/** `npm run ledger:verify -- --county` against the databases of this run. */
function verify(county: County): Promise<{ code: number; out: string }> {
  const at = surroundings()
  const env = {
    ...process.env,
    LINGHANG_KAFKA_BROKERS: at.kafkaBrokers,
    LINGHANG_DATABASE_URL: databaseUrl(at, 'org').replace(/\/org$/, '/{service}'),
  }
  const file = join(at.root, 'deploy/local/src/verify-ledger.ts')
  const args = ['--disable-warning=ExperimentalWarning', file, '--county', county.code]
  return new Promise(resolve => {
    execFile(process.execPath, args, { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out: `${out}${err}` }),
    )
  })
}

describe('S0-24 one dues account at the bank', () => {
  test('S0-24 gives each organisation below its own part, those that come later too, and keeps its number sealed', async () => {
    const { county, tree, account } = books
    expect(account).toMatchObject({ bank: 'ICBC', lastDigits: '4567', balanceFen: '0' })
    for (const place of Object.values(tree)) {
      const { duesAccount } = await accountsAt(county, place.id)
      expect(duesAccount).toMatchObject({ balanceFen: '0', real: { id: account.id } })
    }
    const { registerOrganisation } = dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: RegisterOrganisationInput!) { registerOrganisation(input: $input) { organisation { id } } }',
        { input: { superiorId: tree.b.id, code: orgCode(county, 70), name: '新设党支部', kind: 'BRANCH' } },
      ),
    )
    const { id } = registerOrganisation.organisation
    await until(async () => (await accountsAt(county, id))?.duesAccount !== null, 20_000, 'the new branch has its part')
    const digits = number.replaceAll(' ', '')
    const dump = await dumpText('dues')
    expect([dump.includes(digits), dump.includes(Buffer.from(digits).toString('hex'))]).toEqual([false, false])
  })

  test('S0-24 is one a committee, of no branch, at a bank that may keep dues, with a number that is one', async () => {
    const { county, tree } = books
    expect(codesOf(await open(county, tree.root.id))).toEqual(['DUES_ACCOUNT_OPEN_ALREADY'])
    expect(codesOf(await open(county, tree.a1.id))).toEqual(['NO_ACCOUNT_OF_ITS_OWN'])
    for (const bankNumber of ['', '1234567', '1'.repeat(33), 'ABCDEFGH'])
      expect(codesOf(await open(county, tree.a.id, { bankNumber }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await open(county, tree.a.id, { openedOn: addDays(today, 1) }))).toEqual(['BAD_INPUT'])
    const secretary = await seedActor(county, 'SECRETARY', tree.a.id)
    expect(codesOf(await open(county, tree.b.id, {}, secretary))).toEqual(['NOT_FOUND'])
    const leader = await seedActor(county, 'LEADER', tree.a.id)
    expect(codesOf(await open(county, tree.a.id, {}, leader))).toEqual(['NOT_FOUND'])
  })

  test('S0-24 of a lower committee takes its branches over once they have nothing left above', async () => {
    const { county, tree, account } = await createBooks()
    const journal = await received(county, tree.a1.id, '700')
    expect(codesOf(await open(county, tree.a.id))).toEqual(['DUES_ACCOUNT_HAS_MONEY'])
    dataOf(await reverse(county, journal))
    const own = dataOf(await open(county, tree.a.id)).openDuesAccount.account
    const realOf = async (id: string) => (await accountsAt(county, id)).duesAccount?.real?.id
    expect(await Promise.all([tree.a, tree.a1, tree.a2].map(({ id }) => realOf(id)))).toEqual(Array(3).fill(own.id))
    expect(await Promise.all([tree.root, tree.b1].map(({ id }) => realOf(id)))).toEqual(Array(2).fill(account.id))
  })

  test('S0-24 follows an organisation that moves: what it had stays where it lies, what comes lies at the new one', async () => {
    const { county, tree, account } = await createBooks()
    const own = dataOf(await open(county, tree.a.id)).openDuesAccount.account
    const realOf = async () => (await accountsAt(county, tree.a1.id)).duesAccount?.real?.id
    const move = async (superiorId: string, to: string) => {
      dataOf(
        await county.world.ask.org(
          county.admin,
          'mutation ($input: MoveOrganisationInput!) { moveOrganisation(input: $input) { organisation { id } } }',
          { input: { id: tree.a1.id, superiorId } },
        ),
      )
      await until(async () => (await realOf()) === to, 20_000, 'the branch has its part at the new committee')
    }
    await received(county, tree.a1.id, '11')
    await move(tree.b.id, account.id)
    expect((await accountsAt(county, tree.a1.id)).duesAccount?.balanceFen).toBe('0')
    await received(county, tree.a1.id, '13')
    await move(tree.a.id, own.id)
    expect((await accountsAt(county, tree.a1.id)).duesAccount?.balanceFen).toBe('11')
    expect(await verify(county)).toMatchObject({ code: 0 })
  })
})

describe('S0-5 dues never become a muddled account', () => {
  test('S0-5 what comes in is the branch’s, lies at the bank, and each account says what moved it', async () => {
    const { county, tree } = books
    const before = (await accountsAt(county, tree.root.id)).realDuesAccount
    const id = await received(county, tree.b1.id, '12345', { reason: 'OPENING_BALANCE' })
    await received(county, tree.b1.id, '5')
    const { duesAccount } = await accountsAt(county, tree.b1.id)
    expect(duesAccount?.balanceFen).toBe('12350')
    expect(duesAccount?.entries).toMatchObject({
      totalCount: 2,
      nodes: [
        { amountFen: '5', balanceFen: '12350', number: 2, journal: { reason: 'INTEREST', countsOn: today } },
        { amountFen: '12345', balanceFen: '12345', number: 1, journal: { id, note: '回单 17 号', reverses: null } },
      ],
    })
    const after = (await accountsAt(county, tree.root.id)).realDuesAccount
    expect(BigInt(after?.balanceFen ?? 0) - BigInt(before?.balanceFen ?? 0)).toBe(12_350n)
  })

  test('S0-25 its entries are found by reason, by which way money went and by the days for which they count', async () => {
    const { county, tree } = await createBooks()
    const [yesterday, before] = [addDays(today, -1), addDays(today, -2)]
    const taken = await received(county, tree.b1.id, '3', { countsOn: yesterday })
    await received(county, tree.b1.id, '100', { reason: 'OPENING_BALANCE', countsOn: before })
    await received(county, tree.b1.id, '20')
    dataOf(await reverse(county, taken))
    const found = async (filter: object) => {
      const answer = await county.world.ask.dues(
        county.admin,
        `query ($refs: [_Any!]!, $filter: DuesEntryFilter) { _entities(representations: $refs) { ... on Organisation {
          duesAccount { entries(first: 50, filter: $filter) { totalCount nodes { amountFen } } } } } }`,
        { refs: [{ __typename: 'Organisation', id: tree.b1.id }], filter },
      )
      const entries = dataOf(answer)._entities[0]?.duesAccount?.entries
      expect(entries?.totalCount).toBe(entries?.nodes.length)
      return entries?.nodes.map(({ amountFen }) => amountFen)
    }
    expect(await found({})).toEqual(['-3', '20', '100', '3'])
    expect(await found({ reasons: ['INTEREST', 'REVERSED'] })).toEqual(['-3', '20', '3'])
    expect(await found({ reasons: [] })).toEqual([])
    expect(await found({ flow: 'IN' })).toEqual(['20', '100', '3'])
    expect(await found({ flow: 'OUT' })).toEqual(['-3'])
    expect(await found({ from: yesterday })).toEqual(['-3', '20', '3'])
    expect(await found({ until: yesterday })).toEqual(['100', '3'])
    expect(await found({ from: yesterday, until: yesterday, flow: 'IN', reasons: ['INTEREST'] })).toEqual(['3'])
    const wrong = await county.world.ask.dues(
      county.admin,
      `query ($refs: [_Any!]!, $filter: DuesEntryFilter) { _entities(representations: $refs) { ... on Organisation {
        duesAccount { entries(filter: $filter) { totalCount } } } } }`,
      {
        refs: [{ __typename: 'Organisation', id: tree.b1.id }],
        filter: { from: today, until: yesterday },
      },
    )
    expect(codesOf(wrong)).toEqual(['BAD_INPUT'])
  })

  test.each(['0', '-1', '10000000000001', '999999999999999999'])('S0-5 %s fen are not posted', async amountFen => {
    const { county, tree } = books
    expect(codesOf(await receive(county, tree.b1.id, amountFen))).toEqual(['BAD_INPUT'])
  })

  test.each(['0.1', '1e3', '9223372036854775808', ' 5'])('S0-5 %j is no sum of money', async amountFen => {
    const { county, tree } = books
    expect((await receive(county, tree.b1.id, amountFen)).errors).toHaveLength(1)
  })

  test('S0-5 the same request again posts once, and the same key for another sum nothing', async () => {
    const { county, tree } = await createBooks()
    const idempotencyKey = randomUUID()
    const ids = await Promise.all(
      Array.from({ length: 8 }, () => received(county, tree.a1.id, '300', { idempotencyKey })),
    )
    expect(new Set(ids).size).toBe(1)
    expect(codesOf(await receive(county, tree.a1.id, '301', { idempotencyKey }))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
    expect((await accountsAt(county, tree.a1.id)).duesAccount?.balanceFen).toBe('300')
  })

  test('S0-28 a mistake is taken back by another journal, once, whoever asks at the same moment, and both stay', async () => {
    const { county, tree } = await createBooks()
    const journal = await received(county, tree.a1.id, '900')
    const answers = await Promise.all(Array.from({ length: 6 }, () => reverse(county, journal)))
    expect(answers.flatMap(codesOf)).toEqual(Array(5).fill('JOURNAL_REVERSED_ALREADY'))
    const { nodes = [] } = (await accountsAt(county, tree.a1.id)).duesAccount?.entries ?? {}
    const [reversal, first] = nodes.map(entry => entry.journal)
    expect(nodes.map(({ amountFen, balanceFen }) => [amountFen, balanceFen])).toEqual([
      ['-900', '0'],
      ['900', '900'],
    ])
    expect([reversal?.reverses?.id, first?.reversedBy?.id]).toEqual([journal, reversal?.id])
    expect(codesOf(await reverse(county, reversal?.id ?? ''))).toEqual(['REVERSAL_NOT_REVERSED'])
  })

  test('S0-5 what puts an older journal right names it, of the same books alone', async () => {
    const { county, tree } = await createBooks()
    const old = await received(county, tree.a1.id, '100')
    const more = { correctsJournalId: old }
    const id = await received(county, tree.a1.id, '7', more)
    const { duesAccount } = dataOf(
      await county.world.ask.dues(
        county.admin,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { duesAccount {
          closedYear(year: 2020) { reason amountFen entries } entries { nodes { journal { id corrects { id } } } } } } } }`,
        { refs: [{ __typename: 'Organisation', id: tree.a1.id }] },
      ),
    )._entities[0] ?? { duesAccount: null }
    expect(duesAccount).toEqual({
      closedYear: [],
      entries: { nodes: [{ journal: { id, corrects: { id: old } } }, { journal: { id: old, corrects: null } }] },
    })
    const elsewhere = await createBooks()
    expect(codesOf(await receive(elsewhere.county, elsewhere.tree.a1.id, '7', more))).toEqual(['NOT_FOUND'])
    expect(codesOf(await receive(county, tree.a1.id, '7', { correctsJournalId: tree.a1.id }))).toEqual(['BAD_INPUT'])
  })

  test('S0-5 a closed month takes nothing more; what was wrong in it is put right today', async () => {
    const { county, tree, account } = await createBooks()
    const [first, second] = [addMonths(today, -3), addMonths(today, -2)]
    const journal = await received(county, tree.a1.id, '100', { countsOn: first })
    expect(codesOf(await close(county, account.id, second))).toEqual(['MONTH_NOT_TO_CLOSE'])
    const closed = dataOf(await close(county, account.id, first)).closeDuesMonth.account
    expect(closed.closedThrough).toBe(`${first.slice(0, 7)}-01`)
    expect(codesOf(await close(county, account.id, first))).toEqual(['MONTH_NOT_TO_CLOSE'])
    const open = `${second.slice(0, 7)}-01`
    expect(codesOf(await receive(county, tree.a1.id, '1', { countsOn: addDays(open, -1) }))).toEqual([
      'LEDGER_DAY_REFUSED',
    ])
    await received(county, tree.a1.id, '1', { countsOn: open })
    expect(codesOf(await receive(county, tree.a1.id, '1', { countsOn: addDays(today, 1) }))).toEqual([
      'LEDGER_DAY_REFUSED',
    ])
    dataOf(await reverse(county, journal))
    for (const month of [second, addMonths(today, -1)]) dataOf(await close(county, account.id, month))
    expect(codesOf(await close(county, account.id, today))).toEqual(['MONTH_NOT_TO_CLOSE'])
  })
})

describe('S0-24 who sees which account', () => {
  test('S0-24 a branch its own and nobody else’s; nobody posts to an account that they do not keep', async () => {
    const { county, tree } = books
    const journal = await received(county, tree.a1.id, '40')
    const secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
    const own = await accountsAt(county, tree.a1.id, secretary)
    expect([own.duesAccount?.real, own.duesAccount?.entries.nodes[0]?.journal?.id]).toEqual([null, journal])
    for (const place of [tree.a2, tree.b1, tree.a, tree.root])
      expect(await accountsAt(county, place.id, secretary)).toEqual({ duesAccount: null, realDuesAccount: null })
    expect(codesOf(await receive(county, tree.a1.id, '1', {}, secretary))).toEqual(['FORBIDDEN'])
    expect(codesOf(await receive(county, tree.b1.id, '1', {}, secretary))).toEqual(['NOT_FOUND'])
    expect(codesOf(await reverse(county, journal, secretary))).toEqual(['NOT_FOUND'])
    const elsewhere = await seedActor(county, 'SECRETARY', tree.a2.id)
    const there = await county.world.ask.dues(
      elsewhere,
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesJournal { note } } }',
      { refs: [{ __typename: 'DuesJournal', id: journal }] },
    )
    expect(dataOf(there)._entities).toEqual([null])
  })

  test('S0-24 of another county nothing is found', async () => {
    const { county, tree, account } = books
    const other = await createCounty()
    for (const answer of [
      await receive(county, tree.a1.id, '1', {}, other.admin),
      await county.world.ask.dues(
        other.admin,
        'mutation ($input: CloseDuesMonthInput!) { closeDuesMonth(input: $input) { account { id } } }',
        { input: { accountId: account.id, month: today } },
      ),
    ])
      expect(codesOf(answer)).toEqual(['NOT_FOUND'])
  })
})

describe('S0-25 what is held of an account', () => {
  test('S0-25 shows beside what is there, what still holds first, to those who see the account', async () => {
    const { county, tree } = await createBooks()
    await received(county, tree.a1.id, '100')
    const own = uuidOf((await accountsAt(county, tree.a1.id)).duesAccount?.id ?? '')
    for (const [amount, lapsesOn] of [
      [30, today],
      [20, addDays(today, -1)],
      [10, addDays(today, 9)],
    ] as const)
      await look(
        'dues',
        `insert into ledger_hold (id, county_id, org_id, account_id, amount_fen, lapses_on, reason, note, held_on, held_at)
         select uuidv7(), county_id, org_id, id, $2, $3, 'SPENDING', '慰问', $4, now() from ledger_account where id = $1`,
        [own, amount, lapsesOn, addDays(today, -2)],
      )
    await look('dues', 'update ledger_balance set held_fen = 60 where account_id = $1', [own])
    const heldAt = async (by: Actor) => {
      const answer = await county.world.ask.dues(
        by,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { duesAccount {
          balanceFen heldFen availableFen holds(first: 2) { totalCount pageInfo { endCursor } nodes {
            id amountFen state lapsesOn settledFen endedAt account { id } organisation { id } journal { id } } } } } } }`,
        { refs: [{ __typename: 'Organisation', id: tree.a1.id }] },
      )
      return entityOf(answer)?.duesAccount
    }
    const account = await heldAt(county.admin)
    expect(account).toMatchObject({
      ...{ balanceFen: '100', heldFen: '40', availableFen: '60' },
      holds: {
        totalCount: 3,
        nodes: [
          {
            amountFen: '10',
            state: 'OPEN',
            settledFen: null,
            endedAt: null,
            journal: null,
            account: { id: `DuesAccount:${own}` },
          },
          { amountFen: '30', state: 'OPEN', lapsesOn: today, organisation: { id: tree.a1.id } },
        ],
      },
    })
    const further = await county.world.ask.dues(
      county.admin,
      `query ($refs: [_Any!]!, $after: String) { _entities(representations: $refs) { ... on DuesAccount {
        holds(first: 2, after: $after) { nodes { amountFen state } } } } }`,
      {
        refs: [{ __typename: 'DuesAccount', id: `DuesAccount:${own}` }],
        after: account?.holds.pageInfo.endCursor ?? null,
      },
    )
    expect(entityOf(further).holds?.nodes).toEqual([{ amountFen: '20', state: 'LAPSED' }])
    const holdIds = account?.holds.nodes.map(({ id }) => ({ __typename: 'DuesHold', id })) ?? []
    const seenBy = async (by: Actor) =>
      dataOf(
        await county.world.ask.dues(
          by,
          'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesHold { note } } }',
          { refs: holdIds },
        ),
      )._entities
    expect(await seenBy(await seedActor(county, 'SECRETARY', tree.a1.id))).toEqual([{ note: '慰问' }, { note: '慰问' }])
    const elsewhere = await seedActor(county, 'SECRETARY', tree.a2.id)
    expect([await heldAt(elsewhere), await seenBy(elsewhere)]).toEqual([null, [null, null]])
  })
})

describe('S0-25 what may be spent of an account', () => {
  const setLimit = (county: County, accountId: string, more: object = {}, by = county.admin) =>
    county.world.ask.dues(
      by,
      `mutation ($input: SetDuesLimitInput!) { setDuesLimit(input: $input) { account {
        limits { period limitFen usedFen heldFen freeFen from until } } } }`,
      { input: { accountId, period: 'MONTH' as const, limitFen: '500', basis: '党委会 2026-11 决定', ...more } },
    )

  test('S0-25 is said by whoever keeps the committee, holds from a day on, and is lifted by another', async () => {
    const { county, tree } = await createBooks()
    const id = (await accountsAt(county, tree.a1.id)).duesAccount?.id ?? ''
    dataOf(await setLimit(county, id, { period: 'YEAR', limitFen: '0' }))
    dataOf(await setLimit(county, id, { effectiveFrom: addDays(today, 1), limitFen: '7' }))
    const { limits } = dataOf(await setLimit(county, id)).setDuesLimit.account
    expect(limits).toEqual([
      {
        ...{ period: 'MONTH', limitFen: '500', usedFen: '0', heldFen: '0', freeFen: '500' },
        ...{ from: `${today.slice(0, 7)}-01`, until: addDays(addMonths(`${today.slice(0, 7)}-01`, 1), -1) },
      },
      expect.objectContaining({ period: 'YEAR', limitFen: '0', freeFen: '0' }),
    ])
    const lifted = dataOf(await setLimit(county, id, { limitFen: null })).setDuesLimit.account
    expect(lifted.limits.map(({ period }) => period)).toEqual(['YEAR'])
    for (const more of [{ effectiveFrom: addDays(today, -1) }, { limitFen: '-1' }, { basis: ' ' }])
      expect(codesOf(await setLimit(county, id, more))).toEqual(['BAD_INPUT'])
    expect(codesOf(await setLimit(county, id, {}, await seedActor(county, 'SECRETARY', tree.a1.id)))).toEqual([
      'FORBIDDEN',
    ])
    expect(codesOf(await setLimit(county, id, {}, await seedActor(county, 'SECRETARY', tree.a2.id)))).toEqual([
      'NOT_FOUND',
    ])
    expect(codesOf(await setLimit(county, id, {}, (await createCounty()).admin))).toEqual(['NOT_FOUND'])
  })
})

describe('S0-5 the books hold', () => {
  test('S0-5 when forty post and take back at once, again and again, and ledger:verify says so', async () => {
    const { county, tree } = await createBooks()
    const branches = [tree.a1, tree.a2, tree.b1, tree.a, tree.b]
    const amounts = Array.from({ length: 120 }, (_, n) => ({
      at: branches[n % 5] as (typeof branches)[0],
      fen: BigInt(n + 1),
    }))
    const outcomes: { at: (typeof branches)[0]; fen: bigint }[] = []
    for (let from = 0; from < amounts.length; from += 40)
      outcomes.push(
        ...(await Promise.all(
          amounts.slice(from, from + 40).map(async ({ at, fen }, n) => {
            const id = await received(county, at.id, `${fen}`)
            if (n % 4 === 0) dataOf(await reverse(county, id))
            return { at, fen: n % 4 === 0 ? 0n : fen }
          }),
        )),
      )
    const sumAt = (id: string) => outcomes.reduce((sum, { at, fen }) => (at.id === id ? sum + fen : sum), 0n)
    for (const { id } of branches) expect((await accountsAt(county, id)).duesAccount?.balanceFen).toBe(`${sumAt(id)}`)
    const real = (await accountsAt(county, tree.root.id)).realDuesAccount
    expect(real?.balanceFen).toBe(`${branches.reduce((sum, { id }) => sum + sumAt(id), 0n)}`)
    expect(real?.entries.totalCount).toBe(150)
    expect(await verify(county)).toMatchObject({ code: 0, out: expect.stringMatching(/150 笔凭证 journals/) })
  })

  test('S0-5 when two hundred post to one account at once, each is answered and the sum is exact', async () => {
    const { county, tree } = await createBooks()
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => receive(county, tree.a1.id, `${n + 1}`, { idempotencyKey: randomUUID() })),
    )
    const posted = answers.flatMap((answer, n) => (answer.errors.length === 0 ? [n + 1] : []))
    // Who is not served in time is told so, and nothing of theirs was written.
    expect(answers.flatMap(codesOf).filter(code => code !== 'BUSY')).toEqual([])
    expect(posted.length).toBeGreaterThan(0)
    const { duesAccount } = await accountsAt(county, tree.a1.id)
    expect(duesAccount).toMatchObject({
      balanceFen: `${posted.reduce((sum, fen) => sum + fen, 0)}`,
      entries: { totalCount: posted.length },
    })
    process.stdout.write(`of 200 at once ${posted.length} were posted, the others told to come again\n`)
  })

  test.each([
    ['ACCOUNT_BALANCE', 'update ledger_balance set balance_fen = balance_fen + 1 where account_id = $1'],
    ['ACCOUNT_BALANCE', 'update ledger_balance set moves = moves + 1 where account_id = $1'],
    [
      'ENTRY_BALANCE',
      tampering('update ledger_entry set balance_fen = balance_fen + 1 where account_id = $1 and n = 1'),
    ],
    [
      'JOURNAL_UNBALANCED',
      tampering('update ledger_entry set amount_fen = amount_fen + 1 where account_id = $1 and n = 2'),
    ],
    ['JOURNAL_UNBALANCED', tampering('delete from ledger_entry where account_id = $1 and n = 1')],
    [
      'REVERSAL_DIFFERS',
      tampering(
        'update ledger_journal set reverses = (select journal_id from ledger_entry where account_id = $1 and n = 1) where id = (select journal_id from ledger_entry where account_id = $1 and n = 2)',
      ),
    ],
  ])('S0-5 and where somebody has changed them in the database, it names %s', async (what, tamper) => {
    const { county, tree } = await createBooks()
    for (const fen of ['5', '7']) await received(county, tree.a1.id, fen)
    const [own] = await look(
      'dues',
      `select id from ledger_account where county_id = $1 and kind = 'VIRTUAL' and org_id = $2`,
      [county.id, tree.a1.id.split(':')[1]],
    )
    await look('dues', tamper.replaceAll('$1', `'${own.id}'`))
    const { code, out } = await verify(county)
    expect([code, out]).toEqual([1, expect.stringContaining(`first difference: ${what}`)])
  })

  test('S0-28 nothing posted is changed, and nothing that does not balance is posted, whoever writes', async () => {
    const { county, tree } = await createBooks()
    const journal = (await received(county, tree.a1.id, '5')).split(':')[1]
    const statements: [string, RegExp][] = [
      ['update ledger_entry set amount_fen = 6 where journal_id = $1', /append-only/],
      ['delete from ledger_entry where journal_id = $1', /append-only/],
      ['update ledger_journal set note = note where id = $1', /append-only/],
      ['delete from ledger_journal where id = $1', /append-only/],
      [
        `insert into ledger_entry (journal_id, account_id, county_id, org_id, amount_fen, balance_fen, n)
         select $1, a.id, a.county_id, a.org_id, 1, 1, 1 from ledger_account a join ledger_journal j on j.keeper_id = a.keeper_id
         where j.id = $1 and a.kind = 'TRANSIT' limit 1`,
        /does not balance/,
      ],
      [
        `insert into ledger_journal (id, county_id, keeper_id, reason, note, counts_on, posted_at)
         select uuidv7(), county_id, keeper_id, reason, note, counts_on, posted_at from ledger_journal where id = $1`,
        /does not balance/,
      ],
      [
        'update ledger_balance set balance_fen = -1 where county_id = (select county_id from ledger_journal where id = $1)',
        /not_overdrawn/,
      ],
    ]
    for (const [statement, fault] of statements) await expect(look('dues', statement, [journal])).rejects.toThrow(fault)
    expect(await verify(county)).toMatchObject({ code: 0 })
  })
})

/** As whoever has every privilege could do it: with the trigger out of the way. */
function tampering(statement: string): string {
  return `set session_replication_role = replica;${statement};set session_replication_role = default`
}
