import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createPerform, surroundings, systemActor } from '@linghang/access'
import type { DuesReminderState } from '@linghang/events'
import { codesOf, dataOf, entityOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { openClient } from '@linghang/harness/open-database'
import { until } from '@linghang/harness/until'
import { PrismaClient } from '../prisma/client/client.ts'
import { keepPersonalReminders } from '../src/personal-inbox/keep-personal-reminders.ts'
import { readPersonalInbox } from '../src/personal-inbox/read-personal-inbox.ts'
import { workingMoment } from '../src/time/calendar/office-hours.ts'
import { type Own, sqlOf, type Tx, type Work } from '../src/work.ts'
import { tellAsDues } from './requests.ts'

jest.setTimeout(180_000)

let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>
beforeAll(async () => {
  county = await createCounty()
  places = await seedTwoCommittees(county)
})

const reminderOf = (more: Partial<DuesReminderState> = {}): DuesReminderState => ({
  ...{ id: randomUUID(), memberId: randomUUID(), orgId: randomUUID(), kind: 'DUES_OPEN', month: '2026-11-01' },
  ...{ months: 1, light: 'YELLOW', lineId: null, openedOn: '2026-11-26', open: true, version: 1, ...more },
})

const inboxOf = async (actor: Actor, unreadOnly = false) =>
  entityOf(
    await county.world.ask.workflows(
      actor,
      `query ($refs: [_Any!]!, $unreadOnly: Boolean!) { _entities(representations: $refs) { ... on Me {
        personalInbox(unreadOnly: $unreadOnly) { totalCount nodes { id kind month monthsOpen light sentAt readAt fixingLine { id } } } } } }`,
      { refs: [{ __typename: 'Me', id: `Account:${actor.accountId}` }], unreadOnly },
    ),
  ).personalInbox
const mark = async (actor: Actor, ids: string[]) =>
  dataOf(
    await county.world.ask.workflows(
      actor,
      'mutation ($input: MarkPersonalRemindersReadInput!) { markPersonalRemindersRead(input: $input) { marked } }',
      { input: { ids } },
    ),
  ).markPersonalRemindersRead.marked
const dismiss = (actor: Actor, ids: string[]) =>
  county.world.ask.workflows(
    actor,
    'mutation ($input: DismissPersonalRemindersInput!) { dismissPersonalReminders(input: $input) { dismissed } }',
    { input: { ids } },
  )
const dismissed = async (actor: Actor, ids: string[]) =>
  dataOf(await dismiss(actor, ids)).dismissPersonalReminders.dismissed

/** Told as the dues service tells it, kept, and then as if offices had opened since. */
const remind = async (told: DuesReminderState) => {
  await tellAsDues(county, 'dues.reminder.changed.v1', told.id, told)
  const known = 'select shown_from from personal_reminder where id = $1 and version >= $2'
  const row = await until(
    async () => (await look('workflows', known, [told.id, told.version]))[0] ?? false,
    30_000,
    'the reminder is kept',
  )
  await look('workflows', `update personal_reminder set shown_from = now() - interval '1 hour' where id = $1`, [
    told.id,
  ])
  return new Date(row.shown_from as string)
}
/** Somebody with a file and no office. */
const memberOf = async (memberId: string): Promise<Actor> => ({
  ...(await seedActor(county, 'AUDITOR', places.a1.id)),
  ...{ grants: [], memberId },
})

describe('S3-21 the inbox of a member', () => {
  test('S3-21 is their own: read, put away, and gone with what it reminds of; no superior finds it', async () => {
    const told = reminderOf({ orgId: uuidOf(places.a1.id) })
    const own = await memberOf(told.memberId)
    const shownFrom = await remind(told)
    expect(workingMoment(shownFrom.getTime())).toBe(shownFrom.getTime())
    const shown = await inboxOf(own)
    expect(shown).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          ...{ kind: 'DUES_OPEN', month: '2026-11-01', monthsOpen: 1, light: 'YELLOW', readAt: null, fixingLine: null },
        },
      ],
    })
    const id = shown?.nodes[0]?.id as string
    const others = [
      county.admin,
      await seedActor(county, 'SECRETARY', places.a1.id),
      await seedActor(county, 'DISCIPLINE_INSPECTOR', places.root.id),
      await memberOf(randomUUID()),
    ]
    for (const other of others)
      expect([await inboxOf(other), await mark(other, [id]), await dismissed(other, [id])]).toEqual([
        ...[{ totalCount: 0, nodes: [] }, 0, 0],
      ])
    expect([await mark(own, [id]), await mark(own, [id])]).toEqual([1, 0])
    expect((await inboxOf(own))?.nodes[0]?.readAt).not.toBeNull()
    expect((await inboxOf(own, true))?.totalCount).toBe(0)
    await remind({ ...told, open: false, version: 2 })
    expect((await inboxOf(own))?.totalCount).toBe(0)
    // What is older than what is known opens nothing again.
    const next = reminderOf({ memberId: told.memberId, month: '2026-12-01' })
    await tellAsDues(county, 'dues.reminder.changed.v1', told.id, told)
    await remind(next)
    expect((await inboxOf(own))?.nodes.map(({ month }) => month)).toEqual(['2026-12-01'])
    const ofNext = (await inboxOf(own))?.nodes[0]?.id as string
    expect([await dismissed(own, [ofNext]), await dismissed(own, [ofNext])]).toEqual([1, 0])
    expect((await inboxOf(own))?.totalCount).toBe(0)
    expect(codesOf(await dismiss(own, Array(101).fill(ofNext)))).toEqual(['BAD_INPUT'])
  })

  test('S3-5 asks to confirm a base, until the member or the branch on paper has', async () => {
    const lineId = randomUUID()
    const told = reminderOf({ kind: 'BASE_TO_CONFIRM', month: '2026-01-01', months: 0, light: 'GREEN', lineId })
    const own = await memberOf(told.memberId)
    await remind(told)
    expect((await inboxOf(own))?.nodes).toMatchObject([
      { kind: 'BASE_TO_CONFIRM', fixingLine: { id: `DuesFixingLine:${lineId}` } },
    ])
    await tellAsDues(county, 'dues.fixing.confirmed.v1', told.memberId, {
      ...{ id: lineId, memberId: told.memberId, orgId: told.orgId, year: 2026, fromMonth: '2026-01-01' },
      ...{ how: 'ON_PAPER', on: '2026-01-05', version: 2 },
    })
    await until(async () => (await inboxOf(own))?.totalCount === 0, 30_000, 'what is confirmed is gone')
  })
})

describe('S3-21 a member’s reminders, in a database of their own', () => {
  let database: Awaited<ReturnType<typeof open>>
  const open = () => openClient(['workflows', 'personal_inbox'], adapter => new PrismaClient({ adapter }))
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database?.close())

  const countyId = randomUUID()
  let at = new Date('2026-11-29T16:10:00Z')
  const performed = <T>(actor: Actor, run: (work: Work) => Promise<T>) =>
    createPerform<Tx, Own>(database.transact, { ...surroundings, now: () => at }, () => ({ secretOf: () => '' }))(
      actor,
      run,
    )
  const hear = (...told: DuesReminderState[]) =>
    performed(systemActor(countyId), work =>
      keepPersonalReminders.react(
        work,
        told.map(data => ({ type: 'dues.reminder.changed.v1', data }) as never),
      ),
    )
  const person = (more: Partial<Actor>): Actor => ({
    ...{ ...systemActor(countyId), kind: 'PERSON', accountId: randomUUID(), ...more },
  })
  const first = { size: 20, from: null, backwards: false }
  const found = (actor: Actor) => performed(actor, work => readPersonalInbox(work, false, first))

  test('S3-21 told at night they are there when offices open, and never at all where it is paid before', async () => {
    const [late, paid] = [reminderOf(), reminderOf()]
    await hear(late, paid)
    await hear({ ...paid, open: false, version: 2 })
    const own = [late, paid].map(({ memberId }) => person({ memberId }))
    const shown = async (moment: string) => {
      at = new Date(moment)
      return (await Promise.all(own.map(found))).map(({ length }) => length)
    }
    expect(await shown('2026-11-30T00:59:59Z')).toEqual([0, 0])
    expect(await shown('2026-11-30T01:00:00Z')).toEqual([1, 0])
  })

  test('S3-21 row-level security alone shows them to nobody but the member, and lets nobody else touch them', async () => {
    const told = reminderOf()
    await hear(told)
    const rights = {
      county: person({ grants: [{ role: 'ADMIN', orgId: null }] }),
      own: person({ memberId: told.memberId }),
    }
    const superior = person({ grants: [{ role: 'SECRETARY', orgId: told.orgId }] })
    const countyWithFile = person({ ...rights.county, memberId: told.memberId })
    const rows = (actor: Actor) =>
      database.transact(actor, async tx => {
        const seen = await sqlOf(tx).selectFrom('personalReminder').select('id').where('id', '=', told.id).execute()
        const { numUpdatedRows } = await sqlOf(tx)
          .updateTable('personalReminder')
          .set({ readAt: new Date() })
          .where('id', '=', told.id)
          .executeTakeFirst()
        return [seen.length, Number(numUpdatedRows)]
      })
    expect(await Promise.all([rights.county, superior, person({ memberId: randomUUID() })].map(rows))).toEqual([
      ...[
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ])
    expect(await Promise.all([rights.own, countyWithFile].map(rows))).toEqual([
      ...[
        [1, 1],
        [1, 1],
      ],
    ])
    // Not even the member says of what it reminds.
    const rewritten = database.transact(rights.own, tx =>
      sqlOf(tx).updateTable('personalReminder').set({ months: 9 }).where('id', '=', told.id).execute(),
    )
    await expect(rewritten).rejects.toThrow(/permission denied/)
  })
})
