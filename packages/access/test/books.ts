import { shanghaiDay } from '@linghang/access'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { type Person, type Place, personNames, placeNames, places } from './places.ts'

/** What each branch has in the county's dues account; no two the same. */
export const fenOf = (place: Place) => `${70_000_000 + places[place].n}`

/** Whom each is going to pay; it stands in a request to spend and nowhere else. */
export const payeeOf = (place: Place) => `收款${place.toUpperCase()}方`

/** A dues account of the county's committee, and money in it of each organisation. @returns its id and the journals' by place */
export async function seedBooks(county: County, org: Record<Place, string>) {
  const ask = county.world.ask.dues
  const opened = dataOf(
    await ask(
      county.admin,
      'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
      { input: { organisationId: org.root, bank: 'ICBC', bankNumber: '6222021203001234' } },
    ),
  )
  const receive = async (place: Place) => {
    const input = {
      organisationId: org[place],
      reason: 'OPENING_BALANCE' as const,
      amountFen: fenOf(place),
      note: place,
    }
    const answer = await ask(
      county.admin,
      'mutation ($input: RecordDuesIncomeInput!) { recordDuesIncome(input: $input) { journal { id } } }',
      { input },
    )
    return [place, dataOf(answer).recordDuesIncome.journal?.id] as const
  }
  const journals = Object.fromEntries(await Promise.all(placeNames.map(receive))) as Record<Place, string>
  const request = async (place: Place) => {
    const input = {
      organisationId: org[place],
      use: 'FLAGS' as const,
      amountFen: '100',
      payee: payeeOf(place),
      purpose: '党旗',
    }
    const answer = await ask(
      county.admin,
      'mutation ($input: RequestSpendingInput!) { requestSpending(input: $input) { spending { id } } }',
      { input },
    )
    return [place, dataOf(answer).requestSpending.spending?.id] as const
  }
  const spendings = Object.fromEntries(await Promise.all(placeNames.map(request))) as Record<Place, string>
  // As if each had passed its opening balance up.
  for (const place of placeNames)
    await look(
      'dues',
      'insert into dues_passed_up (journal_id, county_id, org_id, year, amount_fen) values ($1, $2, $3, 2026, 1)',
      [uuidOf(journals[place]), county.id, uuidOf(org[place])],
      county.world.databaseSuffix,
    )
  /** A fund of each, and a limit on what it has besides. */
  const setUp = async (place: Place) => {
    const found = dataOf(
      await ask(
        county.admin,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { duesAccount { id } } } }',
        { refs: [{ __typename: 'Organisation', id: org[place] }] },
      ),
    )._entities
    const accountId = found[0]?.duesAccount?.id as string
    dataOf(
      await ask(
        county.admin,
        'mutation ($input: SetDuesLimitInput!) { setDuesLimit(input: $input) { account { id } } }',
        { input: { accountId, period: 'YEAR', limitFen: fenOf(place), basis: '党委会决定' } },
      ),
    )
    const answer = await ask(
      county.admin,
      'mutation ($input: OpenDuesFundInput!) { openDuesFund(input: $input) { fund { id } } }',
      { input: { organisationId: org[place], name: place, purpose: 'HARDSHIP' } },
    )
    return { place, accountId, fundId: dataOf(answer).openDuesFund.fund?.id as string }
  }
  const beside = await Promise.all(placeNames.map(setUp))
  return {
    ...{ account: opened.openDuesAccount.account?.id as string, journals, spendings },
    accounts: Object.fromEntries(beside.map(({ place, accountId }) => [place, accountId])) as Record<Place, string>,
    funds: Object.fromEntries(beside.map(({ place, fundId }) => [place, fundId])) as Record<Place, string>,
  }
}

/** A base of this year for everybody, hardship for which the branch has asked, what is owed and received; the books are open. */
export async function seedDues(county: County, org: Record<Place, string>, person: Record<Person, string>) {
  const today = shanghaiDay(new Date())
  const ask = <Type extends string>(field: string, type: Type, input: object) =>
    county.world.askUntyped.dues(
      county.admin,
      `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`,
      { input },
    )
  const year = Number(today.slice(0, 4))
  dataOf(await ask('beginDuesFixing', 'BeginDuesFixingInput', { organisationId: org.root, year }))
  const hardship = { fromMonth: today, toMonth: today, hardship: 'ILLNESS', reason: '长期住院' }
  for (const name of personNames) {
    const input = { ...hardship, memberId: person[name], studiedOn: today, studyNumber: '7' }
    dataOf(await ask('requestDuesWaiver', 'RequestDuesWaiverInput', input))
  }
  // A bill of this month for everybody, and a fen that was received and waits to be confirmed.
  for (const name of personNames) {
    const memberId = person[name]
    // The last day of the month before.
    const through = shanghaiDay(new Date(Date.parse(`${today.slice(0, 7)}-01T00:00:00Z`) - 86_400_000))
    dataOf(await ask('recordDuesPaidThrough', 'RecordDuesPaidThroughInput', { memberId, through }))
    const received = { memberId, amountFen: '1', way: 'BANK', receivedOn: today, payer: 'SELF' }
    dataOf(await ask('recordDuesPayment', 'RecordDuesPaymentInput', received))
  }
}
