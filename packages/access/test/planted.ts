import { shanghaiDay } from '@linghang/access'
import { send, uuidOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { type Person, type Place, people, personNames, placeNames } from './places.ts'

/** Everything of dues that has an id, as the API shows it: by its type, and by whose it is. */
export type Planted = Record<string, Record<string, string>>

/** What belongs to a person where they are now, and to an organisation. */
export const ofPeople = [
  ...(['DuesRecord', 'DuesBill', 'DuesPayment', 'DuesFixingLine', 'DuesWaiver'] as const),
  ...(['DuesOrder', 'DuesReceipt', 'DuesArrears'] as const),
]
export const ofPlaces = [
  ...([
    'DuesAccount',
    'DuesFund',
    'DuesJournal',
    'DuesSpending',
    'DuesHold',
    'DuesMismatch',
    'DuesSettlement',
    'DuesReport',
  ] as const),
]
/** What stays at the branch where somebody was before: `kai` was at `b1`. */
export const ofMoved = ['DuesBill', 'DuesPayment', 'DuesOrder', 'DuesReceipt', 'DuesArrears'] as const
export const movedFrom: Place = 'b1'

/** What only a publication of a year's dues says. */
export const publishedBy = (place: Place) => `公示${place.toUpperCase()}年`
const noStatement = JSON.stringify({
  ...{ year: 2025, openingFen: '0', incomes: [], outgoes: [], uses: [], closingFen: '0', members: null },
  collection: { members: 0, bills: 0, settledBills: 0, dueFen: '0', waivedFen: '0', paidFen: '0' },
})

type Seeded = {
  county: County
  org: Record<Place, string>
  person: Record<Person, string>
  books: Record<'accounts' | 'funds' | 'journals' | 'spendings', Record<Place, string>> & { account: string }
}

/**
 * Beside what the district has, one of each thing of dues that takes a provider of payments, a meeting or a year to come
 * about: as if all that had been.
 */
export async function plantDues({ county, org, person, books }: Seeded): Promise<Planted> {
  const day = shanghaiDay(new Date())
  const run = async (sql: string, values: unknown[]): Promise<string[]> =>
    (await look('dues', sql, values, county.world.databaseSuffix)).map(({ id }) => id)
  const one = async (sql: string, values: unknown[]): Promise<string> => {
    const [id] = await run(sql, values)
    if (!id) throw new Error(`nothing was planted by ${sql}`)
    return id
  }
  const keeper = uuidOf(books.account)
  const rowsOf = async <Name extends string>(
    names: readonly Name[],
    plant: (name: Name, n: number) => Promise<string>,
  ) => Object.fromEntries(await Promise.all(names.map(async (name, n) => [name, await plant(name, n)] as const)))
  const typed = (type: string, ids: Record<string, string>) =>
    Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, `${type}:${id}`]))

  const found = (table: string) => (name: Person) =>
    one(`select id from ${table} where county_id = $1 and member_id = $2`, [county.id, uuidOf(person[name])])
  const aboutPerson = (name: Person, at: Place) => [county.id, uuidOf(org[at]), uuidOf(person[name])]
  const order = (name: Person, at: Place = people[name]) =>
    one(
      `with made as (insert into dues_order (id, county_id, org_id, member_id, keeper_id, account_id, amount_fen, state,
          opened_at, expires_at, merchant_id)
        values (uuidv7(), $1, $2, $3, $4, $5, 1, 'CLOSED', now(), now(), 'planted') returning *),
       refund as (insert into dues_refund (id, county_id, org_id, order_id, merchant_id, amount_fen, reason, state, opened_at, ended_at)
        select uuidv7(), county_id, org_id, id, merchant_id, 1, '多付', 'FAILED', now(), now() from made)
       select id from made`,
      [...aboutPerson(name, at), keeper, uuidOf(books.accounts[at])],
    )
  const receipt = (name: Person, paymentId: string, at: Place = people[name]) =>
    one(
      `with made as (insert into dues_receipt (id, county_id, org_id, member_id, year, number, org_name, amount_fen, from_on,
          until_on, issued_on, issued_at)
        select uuidv7(), $1, $2, $3, extract(year from $4::date), 1 + count(*), '支部', 1, $4::date, $4::date, $4::date, now()
        from dues_receipt where org_id = $2 returning *),
       line as (insert into dues_receipt_line (receipt_id, n, county_id, org_id, member_id, item, amount_fen)
        select id, 1, county_id, org_id, member_id, 'VOLUNTARY', 1 from made),
       paid as (insert into dues_receipt_payment (receipt_id, payment_id, county_id, org_id, member_id, good)
        select id, $5, county_id, org_id, member_id, true from made)
       select id from made`,
      [...aboutPerson(name, at), day, paymentId],
    )
  const arrears = (name: Person, at: Place = people[name], open = true) =>
    one(
      `insert into dues_arrears (id, county_id, org_id, member_id, since_month, months, opened_on, closed_on)
       values (uuidv7(), $1, $2, $3, '2020-01-01', $4, '2020-02-01', case when $4 = 0 then '2020-03-01'::date end) returning id`,
      [...aboutPerson(name, at), open ? 1 : 0],
    )
  const payments = await rowsOf(personNames, found('dues_payment'))
  // One after the other: the number of a receipt is the next one of its branch.
  const receipts: Record<string, string> = {}
  for (const name of personNames) receipts[name] = await receipt(name, payments[name] as string)

  // As if what each paid had been large dues, and lay where it was paid.
  for (const name of personNames)
    await run(
      `with given as (update dues_payment set kind = 'LARGE', amount_fen = 100000, rest = null, dues_fen = 0, advance_fen = 0,
         voluntary_fen = 0 where id = $4)
       insert into dues_large_due (payment_id, county_id, org_id, member_id, amount_fen, received_on, state, holder_org_id, keeper_id, fund_id)
       values ($4, $1, $2, $3, 100000, '2026-01-05', 'RECEIVED', $2, $5, $6) returning payment_id as id`,
      [...aboutPerson(name, people[name]), payments[name], keeper, uuidOf(books.funds[people[name]])],
    )

  const before = aboutPerson('kai', movedFrom)
  const paidBefore = await one(
    `insert into dues_payment (id, county_id, org_id, member_id, keeper_id, account_id, way, payer, amount_fen, received_on,
       state, recorded_at) values (uuidv7(), $1, $2, $3, $4, $5, 'BANK', 'SELF', 1, '2020-01-31', 'CANCELLED', now()) returning id`,
    [...before, keeper, uuidOf(books.accounts[movedFrom])],
  )
  await run(
    `insert into dues_pause (id, county_id, org_id, member_id, kind, from_on, until_on, basis, recorded_at)
     values (uuidv7(), $1, $2, $3, 'ABROAD', '2020-02-01', '2020-03-01', '出国', now()) returning id`,
    before,
  )
  const moved: Record<(typeof ofMoved)[number], string> = {
    DuesBill: await one(
      `insert into dues_bill (id, county_id, org_id, member_id, month, category, base_fen, due_fen, waived_fen, settled_on, billed_at)
       values (uuidv7(), $1, $2, $3, '2020-01-01', 'MONTHLY_SALARY', 300000, 1500, 1500, '2020-01-31', now()) returning id`,
      before,
    ),
    DuesPayment: paidBefore,
    DuesOrder: await order('kai', movedFrom),
    DuesReceipt: await receipt('kai', paidBefore, movedFrom),
    DuesArrears: await arrears('kai', movedFrom, false),
  }

  const atPlace = (place: Place) => [county.id, uuidOf(org[place])]
  const hold = (place: Place) =>
    one(
      `with held as (insert into ledger_hold (id, county_id, org_id, account_id, amount_fen, lapses_on, reason, note, held_on, held_at)
        values (uuidv7(), $1, $2, $3, 1, $4::date, 'SPENDING', '党旗', $4::date, now()) returning id),
       counted as (update ledger_balance set held_fen = held_fen + 1 where account_id = $3)
       select id from held`,
      [...atPlace(place), uuidOf(books.accounts[place]), day],
    )
  const mismatch = (place: Place) =>
    one(
      `insert into dues_mismatch (id, county_id, org_id, keeper_id, reason, about, expected, found, found_at)
       values (uuidv7(), $1, $2, $3, 'BANK_DIFFERS', $4, '1', '2', now()) returning id`,
      [...atPlace(place), keeper, place],
    )
  const settlement = (place: Place, n: number) =>
    one(
      `insert into dues_settlement (id, county_id, org_id, keeper_id, day, trades, paid_fen, refunded_fen, fee_milli_fen, reconciled_at)
       values (uuidv7(), $1, $2, $3, '2026-01-01'::date + $4::int, 1, 1, 0, 0, now()) returning id`,
      [...atPlace(place), keeper, n],
    )
  for (const place of placeNames)
    await run(
      `with voucher as (insert into dues_voucher (id, county_id, org_id, spending_id, number, issuer, issued_on, amount_fen, recorded_at)
       values (uuidv7(), $1, $2, $3, $4, '文具店', $5, 1, now()) returning *)
       insert into dues_voucher_paper (id, county_id, org_id, voucher_id, file_name, media_type, bytes, sha256, object_key, filed_at)
       select uuidv7(), county_id, org_id, id, $6, 'application/pdf', 1, sha256(number::bytea), number || id, now() from voucher returning id`,
      [...atPlace(place), uuidOf(books.spendings[place]), `票${place.toUpperCase()}号`, day, `${place}.pdf`],
    )
  // What a line of the bank says is sealed: one is read as banks give it, the others say the same.
  const { status, text } = await send(county.world.urls.dues, county.admin, {
    method: 'PUT',
    path: `/files/statements/${keeper}`,
    body: Buffer.from(`交易日期,摘要,收入金额,支出金额,对方户名\n${day.replaceAll('-', '')},存款,1.00,,某某\n`),
  })
  if (status !== 200) throw new Error(`the statement was not read: ${text}`)
  const line = (place: Place) =>
    one(
      `insert into dues_bank_line (id, county_id, org_id, keeper_id, fingerprint, booked_on, amount_fen, other_sealed,
         words_sealed, state, read_at)
       select uuidv7(), county_id, $2, keeper_id, sha256(fingerprint || $4::bytea), booked_on, amount_fen, other_sealed,
         words_sealed, 'OPEN', now() from dues_bank_line where county_id = $1 and keeper_id = $3 limit 1 returning id`,
      [...atPlace(place), keeper, Buffer.from(place)],
    )
  const lines: Record<string, string> = {}
  for (const place of placeNames) lines[place] = await line(place)

  const publication = (place: Place) =>
    one(
      `insert into dues_publication (id, county_id, org_id, year, edition, org_name, remarks, content, content_hash, published_on, published_at)
       values (uuidv7(), $1, $2, 2025, 1, '党组织', $3, $4, sha256(convert_to($4, 'UTF8')), '2026-01-15', now()) returning id`,
      [...atPlace(place), publishedBy(place), noStatement],
    )

  const report = (place: Place) =>
    one(
      `insert into dues_report (id, county_id, org_id, superior_id, year, edition, org_name, content, content_hash, submitted_on, submitted_at)
       values (uuidv7(), $1, $2, $2, 2025, 1, '党组织', $3, sha256(convert_to($3, 'UTF8')), '2026-01-15', now()) returning id`,
      [...atPlace(place), JSON.stringify({ ...JSON.parse(noStatement), experience: '做法', proposals: '建议' })],
    )

  const planted: Planted = {
    RealDuesAccount: { root: books.account },
    DuesRecord: Object.fromEntries(personNames.map(name => [name, person[name].replace('Member', 'DuesRecord')])),
    DuesBill: typed('DuesBill', await rowsOf(personNames, found('dues_bill'))),
    DuesPayment: typed('DuesPayment', payments),
    DuesFixingLine: typed('DuesFixingLine', await rowsOf(personNames, found('dues_fixing_line'))),
    DuesWaiver: typed('DuesWaiver', await rowsOf(personNames, found('dues_waiver'))),
    DuesOrder: typed('DuesOrder', await rowsOf(personNames, name => order(name))),
    DuesReceipt: typed('DuesReceipt', receipts),
    DuesArrears: typed('DuesArrears', await rowsOf(personNames, name => arrears(name))),
    DuesAccount: books.accounts,
    DuesFund: books.funds,
    DuesJournal: books.journals,
    DuesSpending: books.spendings,
    DuesHold: typed('DuesHold', await rowsOf(placeNames, hold)),
    DuesMismatch: typed('DuesMismatch', await rowsOf(placeNames, mismatch)),
    DuesSettlement: typed('DuesSettlement', await rowsOf(placeNames, settlement)),
    DuesBankLine: typed('DuesBankLine', lines),
    DuesReport: typed('DuesReport', await rowsOf(placeNames, report)),
    DuesPublication: typed('DuesPublication', await rowsOf(placeNames, publication)),
  }
  for (const [type, id] of Object.entries(moved)) planted[type] = { ...planted[type], moved: `${type}:${id}` }
  return planted
}
