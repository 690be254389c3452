import { randomBytes, randomUUID } from 'node:crypto'
import { type Actor, createAsService, createPerform, surroundings, systemActor, writeOrgNodes } from '@linghang/access'
import type { EventData, EventType } from '@linghang/events'
import { createSealing } from '@linghang/sealing'
import { sql } from 'kysely'
import { followArrears } from '../src/billing/arrears/follow-arrears.ts'
import { billCounty } from '../src/billing/bills/bill-county.ts'
import { confirmPayments } from '../src/billing/payments/confirm-payments.ts'
import { recordPayment } from '../src/billing/payments/record-payment.ts'
import { recordStore } from '../src/billing/records/store.ts'
import { closeReminders, openReminders } from '../src/billing/reminders/follow-reminders.ts'
import { openDuesAccount } from '../src/ledger/accounts/open-account.ts'
import { type Own, sqlOf, type Tx, type Work } from '../src/work.ts'
import type { openBooks } from './branch-books.ts'

type Database = Awaited<ReturnType<typeof openBooks>>

/** A branch of a county in the year 2026, on whatever day a test says. */
export async function branchInTime(database: Database, names: readonly string[]) {
  const countyId = randomUUID()
  const [committee = '', branch = ''] = Array.from({ length: 2 }, randomUUID)
  const people = new Map(names.map(name => [name, randomUUID()]))
  const nameOf = new Map<string, string>([...people].map(([name, id]) => [id, name]))
  let at = new Date('2026-05-01T02:00:00Z')
  const sealing = createSealing(database.transact, { current: 'k', keys: { k: randomBytes(32).toString('base64') } })
  const perform = createPerform<Tx, Own>(database.transact, { ...surroundings, now: () => at }, async actor => ({
    seal: await sealing.opened(actor.countyId),
  }))
  const admin = (): Actor => ({
    ...{ ...systemActor(countyId), kind: 'PERSON', accountId: randomUUID() },
    grants: [{ role: 'ADMIN', orgId: null }],
  })
  const [organiser, cashier] = [admin(), admin()]
  const as = <T>(actor: Actor, run: (work: Work) => Promise<T>) => perform(actor, run, { rights: 'COUNTY' })
  const system = <T>(run: (work: Work) => Promise<T>) => perform(systemActor(countyId), run)
  const standOn = (day: string) => {
    at = new Date(`${day}T02:00:00Z`)
  }
  await system(async work => {
    const node = { countyId, name: '党组织', unitKind: null, approves: null, version: 1 }
    await writeOrgNodes(work.tx, [
      { ...node, id: committee, superiorId: null, code: '1', kind: 'COMMITTEE' },
      { ...node, id: branch, superiorId: committee, code: '2', kind: 'BRANCH' },
    ])
    const records = [...people.values()].map(memberId => ({
      ...{ memberId, orgId: branch, kind: 'FULL', category: 'MONTHLY_SALARY' as const, baseFen: 400_000n, owes: true },
      ...{ owesSince: '2010-07-01', complete: true, closedOn: null, knownOn: '2026-04-01', version: 1 },
    }))
    await recordStore.write(work.tx, countyId, records)
    await recordStore.place(
      work.tx,
      countyId,
      records.map(({ memberId }) => ({ memberId, orgId: branch, fromMonth: '0001-01-01' })),
    )
  })
  const keeperId = await as(cashier, work =>
    openDuesAccount.run(work, {
      ...{ orgId: committee, bank: 'ICBC', bankNumber: '12345678', openedOn: '2026-05-01' },
    }),
  )
  /** What was told of one kind, in the order in which it was. */
  const told = async <T extends EventType>(type: T): Promise<EventData<T>[]> => {
    const { rows } = await createAsService<Tx>(database.prisma)(tx =>
      sql<{ data: EventData<T> }>`select data from outbox_event
        where county_id = ${countyId}::uuid and type = ${type} order by seq`.execute(sqlOf(tx)),
    )
    return rows.map(({ data }) => data)
  }
  let known = 0
  return {
    ...{ as, system, organiser, cashier, branch, committee, keeperId, standOn, told },
    idOf: (name: string) => people.get(name) as string,
    /** A night's work on what stands in the books today. @returns how many were new, how many ended */
    night: async (day: string) => {
      standOn(day)
      await billCounty(perform, { countyId, on: day }, () => undefined)
      await system(work => followArrears(work, null))
      return [await system(openReminders), await system(work => closeReminders(work, null))]
    },
    pay: async (name: string, amountFen: bigint, day: string) => {
      standOn(day)
      const id = await as(organiser, work =>
        recordPayment.run(work, {
          ...{ memberId: people.get(name) as string, orgId: branch, amountFen, way: 'BANK', receivedOn: day },
          ...{ payer: 'SELF', payerMemberId: null, consent: null, rest: null, kind: 'DUES' },
        }),
      )
      await as(cashier, work => confirmPayments.run(work, { ids: [id] }))
    },
    /** What was told since it was last asked. */
    news: async () => {
      const all = await told('dues.reminder.changed.v1')
      const fresh = all.slice(known)
      known = all.length
      return fresh.map(({ memberId, kind, month, months, light, open }) =>
        [nameOf.get(memberId), kind, month, months, light, open ? 'open' : 'done'].join(' '),
      )
    },
  }
}
