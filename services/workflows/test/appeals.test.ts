import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import type { AppealState } from '@linghang/events'
import { entityOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { tellAsAssessment, today } from './requests.ts'

jest.setTimeout(180_000)

let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>
beforeAll(async () => {
  county = await createCounty()
  places = await seedTwoCommittees(county)
})

async function tell(appeal: AppealState): Promise<void> {
  await tellAsAssessment(county, 'assessment.appeal.changed.v1', appeal.id, appeal)
  const known = 'select 1 from watch where id = $1 and version >= $2'
  await until(async () => (await look('workflows', known, [appeal.id, appeal.version])).length === 1, 30_000, 'heard')
}
const datesOf = async (id: string) =>
  (
    await look(
      'workflows',
      `select rule, due_on::text as on, office_org_id as office from deadline
       where watch_id = $1 and subject_type = 'APPEAL' and closed_at is null order by 1`,
      [id],
    )
  ).map(({ rule, on, office }) => [rule, on, office])
const meOf = async (actor: Actor, list: string) =>
  entityOf<Record<string, { nodes: object[] }>>(
    await county.world.askUntyped.workflows(
      actor,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Me { ${list} } } }`,
      { refs: [{ __typename: 'Me', id: `Account:${actor.accountId}` }] },
    ),
  )
const inboxOf = async (actor: Actor) =>
  (await meOf(actor, 'inbox(first: 50) { nodes { rule rung dueOn subject { __typename ... on Appeal { id } } } }'))
    .inbox?.nodes
const personalOf = async (actor: Actor) =>
  (await meOf(actor, 'personalInbox(first: 50) { nodes { kind appeal { id } } }')).personalInbox?.nodes

const appealOf = (more: Partial<AppealState> = {}): AppealState => ({
  ...{ id: randomUUID(), orgId: uuidOf(places.a1.id), memberId: randomUUID(), decidingOrgId: uuidOf(places.a1.id) },
  ...{ state: 'OPEN', round: 1, openedOn: today, hearBy: addDays(today, 5), answerBy: addDays(today, 13), version: 1 },
  ...more,
})

describe('R8 an appeal against a score is watched until it is answered', () => {
  test('R8 the office that has it hears at once, and of nothing once it is answered; what is passed up follows to the office above', async () => {
    const secretary = await seedActor(county, 'SECRETARY', places.a1.id)
    const above = await seedActor(county, 'SECRETARY', places.a.id)
    const told = appealOf()
    const { id, decidingOrgId, hearBy, answerBy } = told
    await tell(told)
    expect(await datesOf(id)).toEqual([
      ['APPEAL_ANSWER', answerBy, decidingOrgId],
      ['APPEAL_HEARING', hearBy, decidingOrgId],
    ])
    const subject = { __typename: 'Appeal', id: `Appeal:${id}` }
    expect(await inboxOf(secretary)).toEqual([{ rule: 'APPEAL_ANSWER', rung: 'REQUESTED', dueOn: answerBy, subject }])
    expect(await inboxOf(above)).toEqual([])
    await tell({ ...told, decidingOrgId: uuidOf(places.a.id), version: 2 })
    expect((await datesOf(id)).map(([, , office]) => office)).toEqual([uuidOf(places.a.id), uuidOf(places.a.id)])
    expect(await inboxOf(above)).toEqual([{ rule: 'APPEAL_ANSWER', rung: 'REQUESTED', dueOn: answerBy, subject }])
    await tell({ ...told, decidingOrgId: uuidOf(places.a.id), state: 'HEARD', version: 3 })
    expect((await datesOf(id)).map(([rule]) => rule)).toEqual(['APPEAL_ANSWER'])
    await tell({ ...told, decidingOrgId: uuidOf(places.a.id), state: 'ANSWERED', version: 4 })
    expect(await datesOf(id)).toEqual([])
  })

  test('R8 who appealed finds the answer in their own inbox, and that it is open again; nobody else does', async () => {
    const told = appealOf()
    const own = {
      ...(await seedActor(county, 'AUDITOR', places.a1.id)),
      ...{ grants: [], memberId: told.memberId },
    }
    const shown = async () => {
      const found = async () => look('workflows', 'select 1 from personal_reminder where appeal_id = $1', [told.id])
      await until(async () => (await found()).length > 0, 30_000, 'told')
      await look(
        'workflows',
        `update personal_reminder set shown_from = now() - interval '1 hour' where appeal_id = $1`,
        [told.id],
      )
      return personalOf(own)
    }
    await tell(told)
    await tell({ ...told, state: 'HEARD', version: 2 })
    expect(await personalOf(own)).toEqual([])
    const appeal = { id: `Appeal:${told.id}` }
    await tell({ ...told, state: 'ANSWERED', version: 3 })
    expect(await shown()).toEqual([{ kind: 'APPEAL_ANSWERED', appeal }])
    await tell({ ...told, round: 2, version: 4 })
    await until(async () => JSON.stringify(await shown()).includes('REOPENED'), 30_000, 'told again')
    expect(await shown()).toEqual([{ kind: 'APPEAL_REOPENED', appeal }])
    const secretary = await seedActor(county, 'SECRETARY', places.a1.id, { memberId: undefined })
    expect(await personalOf(secretary)).toEqual([])
    // Told once more, as a broker may: once is enough.
    await tell({ ...told, round: 2, version: 4 })
    expect(await shown()).toHaveLength(1)
    await tell({ ...told, round: 2, state: 'WITHDRAWN', version: 5 })
    await until(async () => (await shown())?.length === 0, 30_000, 'what is over is gone')
  })

  test('R8 an organisation that has appealed hears of the answer in its own office', async () => {
    const secretary = await seedActor(county, 'SECRETARY', places.a2.id)
    const told = appealOf({ orgId: uuidOf(places.a2.id), memberId: null, decidingOrgId: uuidOf(places.a.id) })
    await tell(told)
    expect(await inboxOf(secretary)).toEqual([])
    await tell({ ...told, state: 'ANSWERED', version: 2 })
    expect(await inboxOf(secretary)).toMatchObject([{ rule: 'APPEAL_ANSWER', rung: 'TURN' }])
  })
})
