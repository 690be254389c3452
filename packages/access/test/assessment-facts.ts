import { shanghaiDay } from '@linghang/access'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import type { District } from './district.ts'
import type { Facts, Look } from './facts.ts'
import { type Person, type Place, people } from './places.ts'

const named = ['kai', 'mei', 'ning'] as const satisfies Person[]
type Named = (typeof named)[number]

/** What stands in one of these and nowhere else. */
const marks = {
  honour: (who: Named) => `荣誉依据${who.toUpperCase()}号`,
  exempt: (who: Named) => `豁免依据${who.toUpperCase()}号`,
  result: (who: Named) => `绩效依据${who.toUpperCase()}号`,
} as const
type Mark = keyof typeof marks

/** Of each: an honour and an exemption of the person, and a result of their branch, all written down by hand. */
export async function seedFacts(county: County, org: Record<Place, string>, person: Record<Person, string>) {
  const { admin, world } = county
  const today = shanghaiDay(new Date())
  const done = async (field: string, type: string, input: object, fields: string) =>
    dataOf(
      await world.askUntyped.assessment(
        admin,
        `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${fields} } }`,
        { input },
      ),
    ).done
  const record = async (who: Named) => {
    const memberId = person[who]
    await until(
      async () =>
        (
          await look(
            'assessment',
            'select 1 from member_stay where member_id = $1',
            [uuidOf(memberId)],
            world.databaseSuffix,
          )
        ).length > 0,
      30_000,
    )
    const fact = { kind: 'HONOUR', day: today, attributes: [{ key: 'level', value: 'COUNTY' }] }
    const honour = await done(
      ...(['recordFact', 'RecordFactInput'] as const),
      { ...fact, memberId, evidence: marks.honour(who) },
      'fact { id }',
    )
    const result = await done(
      ...(['recordFact', 'RecordFactInput'] as const),
      { organisationId: org[people[who]], kind: 'BUSINESS_RESULT', day: today, evidence: marks.result(who) },
      'fact { id }',
    )
    const exempt = await done(
      ...(['decideExemption', 'DecideExemptionInput'] as const),
      { memberId, reason: 'OLD', from: today, decidedOn: today, basis: marks.exempt(who) },
      'exemption { id }',
    )
    const ids = { honour: honour.fact.id, result: result.fact.id, exempt: exempt.exemption.id } as Record<Mark, string>
    const kept = [uuidOf(ids.honour), uuidOf(ids.result)]
    await until(
      async () =>
        (await look('assessment', 'select 1 from fact_now where source_id = any ($1)', [kept], world.databaseSuffix))
          .length === kept.length,
      30_000,
    )
    return [who, ids] as const
  }
  return Object.fromEntries(await Promise.all(named.map(record))) as Record<Named, Record<Mark, string>>
}

const told = (found: unknown): Facts => {
  const text = JSON.stringify(found ?? null)
  return named.flatMap(who =>
    (Object.keys(marks) as Mark[]).flatMap(mark => (text.includes(marks[mark](who)) ? [`${mark} ${who}`] : [])),
  )
}

/** Every entry to facts and exemptions: of people, of organisations, and what was written down by its id. */
export function factEntrancesOf({ recorded, person, org }: District): Record<string, Look> {
  const entities =
    (type: string, ids: readonly string[], fields: string): Look =>
    async (ask, actor) =>
      told(
        (
          await ask.assessment(
            actor,
            `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on ${type} { ${fields} } } }`,
            { refs: ids.map(id => ({ __typename: type, id })) },
          )
        ).data,
      )
  const evidence =
    'facts(first: 50) { totalCount nodes { source { ... on RecordedFact { evidence versions { evidence } } } } }'
  const all = Object.values(recorded)
  return {
    'facts of people': entities(
      'Member',
      named.map(who => person[who]),
      `${evidence} exemptions { basis }`,
    ),
    'facts of organisations': entities(
      'Organisation',
      named.map(who => org[people[who]]),
      evidence,
    ),
    'facts by hand by id': entities(
      'RecordedFact',
      all.flatMap(({ honour, result }) => [honour, result]),
      'evidence',
    ),
    'exemptions by id': entities(
      'Exemption',
      all.map(({ exempt }) => exempt),
      'basis',
    ),
  }
}

/** @param supervised whose people and organisations are seen @param own who sees their own */
export const factFactsOf = (supervised: readonly Place[], own: Person | null): Record<string, Facts> => {
  const seen = named.filter(who => supervised.includes(people[who]))
  const persons = named.filter(who => who === own || supervised.includes(people[who]))
  const of = (whose: readonly Named[], ...kinds: Mark[]) => whose.flatMap(who => kinds.map(mark => `${mark} ${who}`))
  return {
    'facts of people': of(persons, 'honour', 'exempt'),
    'facts of organisations': of(seen, 'result'),
    'facts by hand by id': [...of(persons, 'honour'), ...of(seen, 'result')],
    'exemptions by id': of(persons, 'exempt'),
  }
}

/** Every mutation on facts and exemptions of somebody who is not the actor's to keep. */
export function factAttempts(place: Place, { recorded, person, org }: Pick<District, 'recorded' | 'person' | 'org'>) {
  const today = shanghaiDay(new Date())
  const fact = { day: today, evidence: '私自登记', attributes: [{ key: 'level', value: 'NATION' }] }
  const inputs = named
    .filter(who => people[who] === place)
    .flatMap(who => {
      const { honour, exempt } = recorded[who]
      const decided = { memberId: person[who], reason: 'ILL', from: today, decidedOn: today, basis: '私自决定' }
      return [
        ['recordFact', { ...fact, kind: 'HONOUR', memberId: person[who] }],
        ['recordFact', { kind: 'BUSINESS_RESULT', day: today, evidence: '私自登记', organisationId: org[place] }],
        ['correctFact', { ...fact, id: honour, reason: '私自更正' }],
        ['withdrawFact', { id: honour, reason: '私自撤销' }],
        ['decideExemption', decided],
        ['endExemption', { id: exempt, until: today, reason: '私自结束' }],
      ] as const
    })
  return inputs.map(([field, input]) => ({ field, input }))
}
