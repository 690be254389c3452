import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf, send, uuidOf } from '@linghang/harness/ask'
import { actorOf, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { listen } from '@linghang/harness/listen'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'

const thisYear = Number(shanghaiDay(new Date()).slice(0, 4))
/** The year that is told of. */
export const lastYear = thisYear - 1

/** A county whose committee has kept an account since November of last year, with money of both branches of A. */
export async function createYearDesk() {
  const county = await createCounty()
  const tree = await seedTwoCommittees(county)
  const { world } = county
  const names = { kai: tree.a1, lan: tree.a1, mei: tree.a2 } as const
  const ids = await seedMembers(
    county,
    Object.entries(names).map(([姓名, { code }]) => fullMember(county.code, code, { 姓名 })),
  )
  await everyoneKnown(county)
  const memberId = (name: keyof typeof names) => ids.get(name) as string
  const mutate = (by: Actor, field: string, type: string, input: object, told = '__typename') =>
    world.askUntyped.dues(by, `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${told} } }`, { input })
  const done = async (...args: Parameters<typeof mutate>) => dataOf(await mutate(...args)).done
  const { account } = await done(
    county.admin,
    'openDuesAccount',
    'OpenDuesAccountInput',
    {
      ...{ organisationId: tree.root.id, bank: 'ICBC', bankNumber: '6222021203001234567' },
      openedOn: `${lastYear}-11-01`,
    },
    'account { id }',
  )
  const income = (organisationId: string, amountFen: string, reason = 'INTEREST', countsOn = `${lastYear}-11-05`) =>
    done(county.admin, 'recordDuesIncome', 'RecordDuesIncomeInput', {
      ...{ organisationId, amountFen, reason, countsOn, note: '回单' },
    })
  const [secretary, treasurer, cashier, above, sibling] = await Promise.all([
    seedActor(county, 'SECRETARY', tree.a1.id),
    seedActor(county, 'TREASURER', tree.a1.id),
    seedActor(county, 'CASHIER', tree.root.id),
    seedActor(county, 'SECRETARY', tree.a.id),
    seedActor(county, 'SECRETARY', tree.a2.id),
  ])
  const memberOf = async (name: keyof typeof names) => {
    const { subject } = await seedAccount(county, { keptBy: names[name].id, memberId: memberId(name) })
    return actorOf(world, subject)
  }
  const pay = async (name: keyof typeof names, amountFen: string, receivedOn = `${lastYear}-12-20`) => {
    const input = { memberId: memberId(name), amountFen, way: 'CASH', payer: 'SELF', receivedOn, rest: 'VOLUNTARY' }
    const by = names[name] === tree.a1 ? secretary : sibling
    const { payment } = await done(by, 'recordDuesPayment', 'RecordDuesPaymentInput', input, 'payment { id }')
    await done(cashier, 'confirmDuesPayments', 'ConfirmDuesPaymentsInput', { paymentIds: [payment.id] })
  }
  const close = async (...months: readonly string[]) => {
    for (const month of months)
      await done(county.admin, 'closeDuesMonth', 'CloseDuesMonthInput', { accountId: account.id, month })
  }
  /** What an organisation shows of `field`. */
  const shown = async (by: Actor, id: string, field: string) =>
    dataOf(
      await world.askUntyped.dues(
        by,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { ${field} } } }`,
        { refs: [{ __typename: 'Organisation', id }] },
      ),
    )._entities[0]
  const fetched = (path: string, by: Actor) => send(world.urls.dues, by, { path })
  return {
    ...{ county, tree, world, mutate, done, income, pay, close, shown, fetched, memberOf, memberId },
    actors: { secretary, treasurer, cashier, above, sibling },
  }
}

const told = ['dues.publication.published.v1', 'dues.report.submitted.v1', 'dues.report.returned.v1'] as const

/** What the dues service tells of its statements; what of it is of one type about one organisation, once so much has been heard. */
export async function hearDues() {
  const { heard, stop } = await listen('dues.events', told)
  const about = (organisationId: string, type: (typeof told)[number], count: number) =>
    until(() => {
      const found = heard.filter(one => one.type === type && one.data.orgId === uuidOf(organisationId))
      return found.length >= count && found.map(({ data }) => data)
    }, 30_000)
  return { about, stop }
}
