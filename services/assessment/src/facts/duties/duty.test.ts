import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type DutyRecord, type OpenDuty, type Stand, tellDuties } from './duty.ts'
import { standOf } from './stands-of.ts'

const record: DutyRecord = {
  ...{ toldAs: 'org.follow-up', kind: 'FOLLOW_UP', source: { type: 'FollowUp', id: 'record' } },
}
const duty = (changes: Partial<OpenDuty> = {}): OpenDuty => ({
  ...{ key: 'a', dueOn: '2026-03-10', orgId: 'branch', says: { matter: 'REMARK_ANSWER' }, ...changes },
})
const stand = (version: number, changes: Partial<Stand> = {}): Stand => ({
  ...{ version, orgId: 'branch', happenedOn: '2026-03-01', dropped: false, open: [], ...changes },
})
const said = (...stands: Stand[]) =>
  tellDuties(record, stands).facts.map(({ day, subjectId, attributes: { outcome, daysLate } }) => [
    ...[day, subjectId, outcome, daysLate],
  ])

describe('S0-19 what was to be done by a day', () => {
  test('S0-19 is open until a version does not name it any more', () => {
    expect(said(stand(1, { open: [duty()] }))).toEqual([['2026-03-10', 'branch', 'OPEN', 0]])
    expect(said(stand(1))).toEqual([])
  })

  test.each([
    ['2026-03-10', 'IN_TIME', 0],
    ['2026-03-11', 'LATE', 1],
    ['2026-04-10', 'LATE', 31],
  ])('S0-19 due on 10 March and done on %s: %s', (happenedOn, outcome, late) => {
    expect(said(stand(1, { open: [duty()] }), stand(2, { happenedOn }))).toEqual([
      ['2026-03-10', 'branch', outcome, late],
    ])
  })

  test('S0-19 what was put off counts by its last day, at whose it was then', () => {
    const putOff = duty({ dueOn: '2026-03-20', orgId: 'other' })
    expect(
      said(
        stand(1, { open: [duty()] }),
        stand(2, { happenedOn: '2026-03-15', open: [putOff] }),
        stand(3, { happenedOn: '2026-03-20' }),
      ),
    ).toEqual([['2026-03-20', 'other', 'IN_TIME', 0]])
  })

  test('S0-19 what is dropped was nobody’s fault; what comes back is due once more', () => {
    expect(said(stand(1, { open: [duty()] }), stand(2, { happenedOn: '2026-05-01', dropped: true }))).toEqual([
      ['2026-03-10', 'branch', 'EXCUSED', 0],
    ])
    expect(said(stand(1, { open: [duty()] }), stand(2), stand(3, { open: [duty({ dueOn: '2026-06-10' })] }))).toEqual([
      ['2026-03-10', 'branch', 'IN_TIME', 0],
      ['2026-06-10', 'branch', 'OPEN', 0],
    ])
  })

  test('S0-19 in whatever order versions come, and however often, they say the same', () => {
    const anyStand = fc.record({
      version: fc.integer({ min: 1, max: 20 }),
      days: fc.integer({ min: 0, max: 60 }),
      keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
      dropped: fc.boolean(),
    })
    const dayAfter = (days: number) => new Date(Date.UTC(2026, 2, 1 + days)).toISOString().slice(0, 10)
    fc.assert(
      fc.property(
        fc
          .uniqueArray(anyStand, { minLength: 1, maxLength: 8, selector: ({ version }) => version })
          .chain(stands => fc.tuple(fc.constant(stands), fc.shuffledSubarray(stands, { minLength: stands.length }))),
        ([stands, shuffled]) => {
          const of = ({ version, days, keys, dropped }: (typeof stands)[number]) =>
            stand(version, {
              ...{ happenedOn: dayAfter(days), dropped },
              open: dropped ? [] : keys.map(key => duty({ key, dueOn: dayAfter(30 + key.charCodeAt(0) - 97) })),
            })
          expect(tellDuties(record, shuffled.map(of))).toEqual(tellDuties(record, stands.map(of)))
        },
      ),
    )
  })
})

const id = '01900000-0000-7000-8000-000000000001'
const told = { on: '2026-03-15' }

describe('S0-19 what events say is still to be done', () => {
  const themeDay = { id, orgId: 'o', month: '2026-03-01', dueOn: '2026-03-20', isOpen: false, version: 2 }
  const organisation = { id, code: '1', name: 'n', kind: '党支部', superiorId: null, version: 3 }

  test('S0-19 a theme day that was held in time and written down later was in time; a reason excuses', () => {
    const held = { ...themeDay, closedBy: 'MEETING' as const, heldOn: '2026-03-05' }
    const late = { on: '2026-03-25' }
    expect(standOf({ type: 'org.theme-day.changed.v1', data: held }, late)?.stand).toMatchObject({
      ...{ happenedOn: '2026-03-05', dropped: false, open: [] },
    })
    const excused = { ...themeDay, closedBy: 'REASON' as const, heldOn: null }
    expect(standOf({ type: 'org.theme-day.changed.v1', data: excused }, late)?.stand).toMatchObject({
      ...{ happenedOn: '2026-03-25', dropped: true },
    })
  })

  test('S0-19 an election is due at the end of each term, and was held when the next one began', () => {
    const terms = (start: string, end: string) => ({ ...organisation, term: { start, end } })
    const first = standOf({ type: 'org.organisation.changed.v1', data: terms('2023-03-01', '2026-03-01') }, told)
    const corrected = standOf(
      { type: 'org.organisation.changed.v1', data: { ...terms('2023-03-01', '2026-04-01'), version: 4 } },
      told,
    )
    const next = standOf(
      { type: 'org.organisation.changed.v1', data: { ...terms('2026-03-30', '2029-03-30'), version: 5 } },
      { on: '2026-04-20' },
    )
    const stands = [first, corrected, next].flatMap(one => one?.stand ?? [])
    const { facts } = tellDuties({ ...record, kind: 'TERM_ELECTION' }, stands)
    expect(facts.map(({ day, attributes }) => [day, attributes.outcome])).toEqual([
      ['2026-04-01', 'IN_TIME'],
      ['2029-03-30', 'OPEN'],
    ])
    const ended = { ...organisation, term: null, termEnd: '2026-05-01', endedOn: '2026-03-10' }
    expect(standOf({ type: 'org.organisation.changed.v1', data: ended }, told)?.stand).toMatchObject({
      ...{ open: [], dropped: true },
    })
  })

  test('S0-19 a finding is open from the day on which it was found, and late by the days until it was mended', () => {
    const checked = (version: number, kinds: string[], checkedOn: string, ended = false) =>
      standOf(
        {
          type: 'org.structure.checked.v1',
          data: { orgId: id, checkedOn, ended, version, findings: kinds.map(kind => ({ kind, since: '2026-03-10' })) },
        },
        told,
      )
    const said = (...found: ReturnType<typeof checked>[]) => {
      const [one] = found
      if (!one) throw new Error('something was found')
      return tellDuties(
        one.record,
        found.flatMap(each => each?.stand ?? []),
      ).facts.map(({ day, kind, attributes }) => [day, kind, attributes])
    }
    const found = checked(1, ['SECRETARY_VACANT', 'TERM_OVER'], '2026-03-10')
    expect(said(found)).toEqual([
      ['2026-03-10', 'STRUCTURE_FINDING', { finding: 'SECRETARY_VACANT', outcome: 'OPEN', daysLate: 0 }],
      ['2026-03-10', 'STRUCTURE_FINDING', { finding: 'TERM_OVER', outcome: 'OPEN', daysLate: 0 }],
    ])
    expect(said(found, checked(2, ['TERM_OVER'], '2026-03-20'), checked(3, [], '2026-03-21', true))).toEqual([
      ['2026-03-10', 'STRUCTURE_FINDING', { finding: 'SECRETARY_VACANT', outcome: 'LATE', daysLate: 10 }],
      ['2026-03-10', 'STRUCTURE_FINDING', { finding: 'TERM_OVER', outcome: 'EXCUSED', daysLate: 0 }],
    ])
  })

  test('S0-19 a request is the deciding office’s to answer; taken back it is nobody’s; of two rounds each counts', () => {
    const request = {
      ...{ id, kind: 'ADMISSION', subjectType: 'DevelopmentCase', subjectId: id, orgId: 'branch', requestedBy: null },
      ...{ deciderOrgId: 'above', recusedMemberIds: [], requestedOn: '2026-01-05', dueOn: '2026-04-05' },
      ...{ hardLimitOn: null, article: '', source: '', certainty: '', round: 1, version: 2 },
    }
    const decision = {
      ...{ id, kind: 'ADMISSION', subjectType: 'DevelopmentCase', subjectId: id, orgId: 'branch', reason: null },
      ...{ deciderOrgId: 'above', outcome: 'RETURNED' as const, decidedOn: '2026-04-06', decidedBy: id },
    }
    const stands = [
      standOf({ type: 'members.approval.requested.v1', data: request }, told),
      standOf({ type: 'workflows.approval.decided.v1', data: { ...decision, round: 1, version: 1 } }, told),
      standOf(
        { type: 'members.approval.requested.v1', data: { ...request, round: 2, version: 4, dueOn: '2026-05-01' } },
        told,
      ),
      standOf({ type: 'members.approval.withdrawn.v1', data: { ...request, round: 2, version: 5 } }, told),
    ].flatMap(one => one?.stand ?? [])
    const { facts } = tellDuties({ ...record, kind: 'APPROVAL_ANSWERED' }, stands)
    expect(facts.map(({ subjectId, attributes }) => [subjectId, attributes.outcome, attributes.daysLate])).toEqual([
      ['above', 'LATE', 1],
      ['above', 'EXCUSED', 0],
    ])
  })

  test('S0-19 what may be done from a day on is no duty, and a fixing whose day nobody has said is none either', () => {
    const date = {
      rule: 'OATH',
      dueOn: '2026-04-01',
      article: '',
      source: '',
      certainty: '',
      role: 'SECRETARY',
      orgId: 'o',
    }
    const data = {
      ...{
        id,
        memberId: id,
        orgId: 'o',
        state: 'OPEN' as const,
        stage: 'PROBATION',
        step: 'OATH',
        ladders: {},
        version: 9,
      },
      deadlines: [
        { ...date, nature: 'LATEST' as const },
        { ...date, rule: 'ACTIVIST_ONE_YEAR', nature: 'EARLIEST' as const },
      ],
    }
    expect(standOf({ type: 'members.case.changed.v1', data }, told)?.stand.open).toEqual([
      { key: 'OATH/o', dueOn: '2026-04-01', orgId: 'o', says: { step: 'OATH' } },
    ])
    const fixing = { id, orgId: 'o', year: 2026, open: true, version: 1 }
    expect(standOf({ type: 'dues.fixing.scheduled.v1', data: fixing }, told)).toBeNull()
    expect(standOf({ type: 'dues.fixing.scheduled.v1', data: { ...fixing, dueOn: '2026-03-31' } }, told)).not.toBeNull()
  })
})
