import { randomUUID } from 'node:crypto'
import { type Actor, shanghaiDay } from '@linghang/access'
import { catalogue, type EventData, keyOf } from '@linghang/events'
import { codesOf, type Data, dataOf, entityOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addMonths, monthOf } from '@linghang/rulebook'

export const today = shanghaiDay(new Date())
export const month = monthOf(today)

const basis = { certainty: 'COUNTY', source: '本县办法', article: '第三条' }
const indicator = { group: 'LIFE', per: 'FACT', absence: 'COUNTS', capPer: 'PERIOD', carry: false, basis }
const scale = (subject: string, own: object) => ({
  ...{ key: subject, title: subject, subject, base: 80, grades: [], lights: [] },
  exemptions:
    subject === 'MEMBER'
      ? ['OLD', 'ILL', 'FLOATING', 'ABROAD'].map(reason => ({ reason, effect: 'NOT_COUNTED', indicators: [] }))
      : [],
  groups: [{ key: 'LIFE', title: '组织生活', weight: 1 }],
  indicators: [own],
})
/** What takes a point for each month that is not paid in full, and two of a branch for each class: made up, and enough. */
const pack = {
  ...{ format: 1, key: 'deducting', title: '扣分办法', summary: '示例', period: 'QUARTER', peers: 'KIND', indices: [] },
  scales: [
    scale('BRANCH', {
      ...{ ...indicator, key: 'CLASS', title: '上党课', kind: 'MINUS', points: '2' },
      reads: { kind: 'MEETING_HELD', where: 'fact.meetingKind == "CLASS"', of: 'SELF' },
    }),
    scale('MEMBER', {
      ...{ ...indicator, key: 'DUES', title: '拖欠党费', kind: 'MINUS', points: '1' },
      reads: { kind: 'DUES_MONTH', where: 'fact.state != "SETTLED"', of: 'SELF' },
    }),
  ],
}

export type Desk = Awaited<ReturnType<typeof openDesk>>
export type Line = { key: string; state: string; points: number; counted: number; adjustment: Data; appeal: Data }

/** A county that takes points for dues, with people, and somebody in each office. */
export async function openDesk() {
  const county = await createCounty()
  const tree = await seedTwoCommittees(county)
  const people = await seedMembers(county, [
    ...Array.from({ length: 6 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` })),
    fullMember(county.code, tree.a2.code, { 姓名: '甲二' }),
  ])
  const from = addMonths(month, -((Number(month.slice(5, 7)) - 1) % 3))
  dataOf(
    await county.world.askUntyped.assessment(
      county.admin,
      'mutation ($input: PublishPackInput!) { publishPack(input: $input) { pack { version } } }',
      {
        input: {
          ...{ document: JSON.stringify(pack), effectiveFrom: from, decidedOn: addMonths(from, -1) },
          ...{ title: '扣分办法', number: '测委发〔2026〕1号', organ: '县委组织部' },
        },
      },
    ),
  )
  const ids = Array.from({ length: 6 }, (_, i) => people.get(`甲一${i}`) as string)
  const account = await seedActor(county, 'AUDITOR', tree.a1.id)
  const actors = {
    secretary: await seedActor(county, 'SECRETARY', tree.a1.id),
    admin: await seedActor(county, 'ADMIN', tree.a1.id),
    leader: await seedActor(county, 'LEADER', tree.a1.id),
    elsewhere: await seedActor(county, 'SECRETARY', tree.a2.id),
    above: await seedActor(county, 'ADMIN', tree.a.id),
    countyAdmin: county.admin,
    app: await seedActor(county, 'APP', tree.a1.id, { kind: 'APP', scopes: ['assessment:read', 'assessment:write'] }),
    /** The first of the branch, who is also its secretary. */
    ownSecretary: await seedActor(county, 'SECRETARY', tree.a1.id, { memberId: ids[0] }),
  } satisfies Record<string, Actor>
  const memberOf = (i: number): Actor => ({ ...account, grants: [], memberId: uuidOf(ids[i] as string) })
  const ask = county.world.askUntyped.assessment
  const act = (actor: Actor, field: string, input: object, fields: string) => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
    return ask(actor, `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${fields} } }`, { input })
  }
  return { county, tree, ids, neighbourId: people.get('甲二') as string, actors, memberOf, ask, act }
}

/** What was refused, or what was done. */
export const said = async (answer: Promise<Parameters<typeof codesOf>[0]>): Promise<unknown> => {
  const { errors, data } = (await answer) as { errors: unknown[]; data: Data }
  return errors.length > 0 ? codesOf(await answer).join(' ') : data.done
}

/** Tells of a month that somebody owes, or has paid. */
export async function tellBill(
  county: County,
  bill: Pick<EventData<'dues.bill.changed.v1'>, 'memberId' | 'orgId' | 'state'> & { id: string; version: number },
) {
  const type = 'dues.bill.changed.v1'
  const data = { ...bill, month, settledOn: null, inTime: false }
  await look(
    'dues',
    'insert into outbox_event (county_id, org_id, type, subject, key, data) values ($1, $2, $3, $4, $5, $6)',
    [county.id, null, type, bill.id, keyOf(type, county.id, bill.id), JSON.stringify(catalogue[type].parse(data))],
  )
}

export const lineFields =
  'key state points counted adjustment { from reason } appeal { id state round outcome answerBy steps { kind text heardBy points on } }'
const sheetFields = `id score openAppeals indicators { lines(first: 50) { ${lineFields} } }`
export type Sheet = { id: string; score: number; openAppeals: number; lines: Line[] }

/** The newest sheet of a person or an organisation, as somebody sees it; null where they see none. */
export async function sheetOf({ ask }: Pick<Desk, 'ask'>, actor: Actor, id: string): Promise<Sheet | null> {
  const type = id.startsWith('Member:') ? 'Member' : 'Organisation'
  const found = entityOf<Data>(
    await ask(
      actor,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on ${type} { scoreSheets(first: 1) { nodes { ${sheetFields} } } } } }`,
      { refs: [{ __typename: type, id }] },
    ),
  )?.scoreSheets.nodes[0]
  return found ? { ...found, lines: found.indicators.flatMap(({ lines }: Data) => lines) } : null
}

/** A deduction of a person of the branch, or of the one beside it, that is proposed. */
export async function owing(
  desk: Desk,
  who: number | 'NEIGHBOUR',
): Promise<{ bill: Parameters<typeof tellBill>[1]; sheet: Sheet; line: Line }> {
  const { county, tree, ids, actors } = desk
  const isBeside = who === 'NEIGHBOUR'
  const memberId = isBeside ? desk.neighbourId : (ids[who] as string)
  const bill = {
    id: randomUUID(),
    memberId: uuidOf(memberId),
    orgId: uuidOf((isBeside ? tree.a2 : tree.a1).id),
    state: 'OPEN' as const,
    version: 1,
  }
  await tellBill(county, bill)
  const sheet = await until(
    async () => {
      const now = await sheetOf(desk, isBeside ? actors.elsewhere : actors.secretary, memberId)
      return now?.lines.some(({ key }) => key.includes(bill.id)) ? now : null
    },
    20_000,
    'the deduction is proposed',
  )
  return { bill, sheet, line: sheet.lines.find(({ key }) => key.includes(bill.id)) as Line }
}

export const done = async (answer: ReturnType<Desk['act']>): Promise<Data> => dataOf(await answer).done
