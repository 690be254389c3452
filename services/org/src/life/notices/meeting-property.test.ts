import { describe, expect, test } from '@jest/globals'
import { DomainError } from '@linghang/subgraph/errors'
import fc from 'fast-check'
import { composeMeeting, hashOf } from '../meetings/compose-meeting.ts'
import {
  type DueException,
  inputOf,
  type MeetingContent,
  type MeetingInput,
  type MeetingKind,
  type MeetingMatter,
  type Registered,
} from '../meetings/meeting.ts'
import { inputOfHeld, inputOfPlan } from './notice.ts'

const heldOn = '2026-06-01'
const full = (memberId: string, more: Partial<Registered> = {}): Registered => ({
  ...{ memberId, standing: 'FULL', knownOn: '2020-01-01', suspendedSince: null, ...more },
})
/** Nine with a vote by their standing, of whom one has lost it for a time; one on probation, one who applies. */
const register: Registered[] = [
  ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(id => full(id)),
  full('suspended', { suspendedSince: '2026-01-01' }),
  full('probationer', { standing: 'PROBATIONARY' }),
  full('applicant', { standing: 'NONE' }),
]
const members = register.filter(({ standing }) => standing !== 'NONE').map(({ memberId }) => memberId)
const kinds = ['BRANCH_ASSEMBLY', 'BRANCH_COMMITTEE', 'THEME_DAY'] as const satisfies readonly MeetingKind[]
const matters = [
  ...(['ADMISSION', 'CONVERSION', 'ELECTION', 'DISPOSAL', 'PENALTY', 'OTHER', 'ACTIVIST'] as const),
] satisfies MeetingMatter[]

/** Somebody at a desk who writes down mostly what fits, and now and then anything else. */
type Try = { what: number; where: number[]; matter: number; cast: number[]; secret: boolean; lucky: boolean }
const anything: fc.Arbitrary<Try> = fc.record({
  what: fc.integer({ min: 0, max: 3 }),
  where: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: members.length, maxLength: members.length }),
  matter: fc.integer({ min: -3, max: matters.length - 1 }),
  cast: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }),
  secret: fc.boolean(),
  lucky: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
})

const exceptionOf = (n: number, isLawful: boolean): DueException =>
  n % 2 === 0
    ? { reason: 'LONG_ILL', since: null, note: null, ...(isLawful ? { consent: { by: '上级党委', on: heldOn } } : {}) }
    : {
        reason: 'ABROAD',
        since: isLawful ? '2025-11-01' : '2026-03-01',
        note: null,
        consent: { by: '上级党委', on: heldOn },
      }

/** What is written down: where everybody was, and one vote. */
function written(kind: MeetingKind, { where, matter, cast, secret, lucky }: Try): MeetingInput {
  const at = (wanted: readonly number[]) => members.filter((_, i) => wanted.includes(where[i] ?? 0))
  const isWhole = kind === 'BRANCH_ASSEMBLY'
  const participantIds = isWhole ? [] : members.slice(0, 5)
  const belonging = isWhole ? members : participantIds
  const own = (ids: readonly string[]) => (lucky ? ids.filter(id => belonging.includes(id)) : [...ids])
  const excepted = own(at([8, 9])).filter(id => !lucky || (id !== 'suspended' && id !== 'probationer'))
  const [presentIds, absentIds] = [own(at([0, 1, 2, 3, 4])), own(at([5]))]
  const leaves = own(at([6, 7])).map(memberId => ({ memberId, reason: '出差' }))
  const votes = (id: string) => id !== 'suspended' && id !== 'probationer' && !excepted.includes(id)
  const due = belonging.filter(votes).length
  const present = presentIds.filter(id => belonging.includes(id) && votes(id)).length
  const [inFavour = 0, against = 0, abstained = 0] = lucky ? [Math.max(0, present - ((cast[0] ?? 0) % 3)), 0, 0] : cast
  const away = [...absentIds, ...leaves.map(({ memberId }) => memberId)].filter(votes)
  const name = matters[matter]
  const takes = name === 'ADMISSION' || name === 'CONVERSION' || !lucky
  const opinions =
    takes && isWhole
      ? away.map(memberId => ({ memberId, inFavour: true, receivedOn: '2026-05-31', beforeOpening: true }))
      : []
  const about = { ADMISSION: 'applicant', ACTIVIST: 'applicant', CONVERSION: 'probationer', OTHER: null }
  return {
    ...{ heldOn, place: null, agenda: null, minutes: null, items: [], participantIds, presentIds, absentIds, leaves },
    exceptions: excepted.map(memberId => ({
      memberId,
      ...exceptionOf(where[members.indexOf(memberId)] ?? 8, (cast[1] ?? 0) > 2),
    })),
    ...{ lateIds: presentIds.slice(0, 1), leftEarlyIds: lucky ? [] : absentIds.slice(0, 1) },
    resolutions:
      name === undefined
        ? []
        : [
            {
              ...{ matter: name, text: '决议', opinions },
              memberId: name in about ? about[name as keyof typeof about] : 'a',
              decision: secret || lucky ? 'SECRET_BALLOT' : 'COLLECTIVE_AGREEMENT',
              ballots: { due, present, inFavour, against, abstained },
            },
          ],
  }
}

/** Asked a hundred thousand times: `expect` is for what is asked once. */
function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

/** What the regulation forbids, counted by hand. */
function requireLawful(kind: MeetingKind, content: MeetingContent): void {
  const { people, due, present, resolutions } = content
  must(new Set(people.map(({ memberId }) => memberId)).size === people.length, 'nobody stands in it twice')
  const voters = people.filter(({ standing, exception }) => standing === 'FULL' && exception === null)
  must(due === voters.length && due > 0, 'who has a vote is due')
  must(present === voters.filter(({ attendance }) => attendance === 'PRESENT').length, 'of them those present are')
  must(
    voters.every(({ attendance, memberId }) => attendance !== null && memberId !== 'suspended'),
    'of each it is said whether they came, and who has lost the vote has none',
  )
  for (const { late, leftEarly, attendance, exception } of people) {
    must(!(late || leftEarly) || attendance === 'PRESENT', 'who was late, or left, was there')
    if (exception?.reason === 'ABROAD') must((exception.since ?? '9999') <= '2025-12-01', 'abroad for half a year')
    if (exception?.reason === 'LONG_ILL' && kind === 'BRANCH_ASSEMBLY')
      must(exception.consent !== undefined, 'the superior has agreed that the ill are not counted')
  }
  for (const { matter, ballots, opinions, decision, quorate, carried, writtenInFavour } of resolutions) {
    if (!ballots) continue
    must(ballots.due === due && ballots.present === present, 'a vote is of those who are due and present')
    must(ballots.inFavour + ballots.against + ballots.abstained <= present, 'nobody votes twice')
    if (matter === 'ELECTION')
      must(decision === 'SECRET_BALLOT' && opinions.length === 0, 'elected in secret, and there')
    must(opinions.length === 0 || matter === 'ADMISSION' || matter === 'CONVERSION', 'written only where it may be')
    for (const { memberId } of opinions)
      must(
        voters.find(voter => voter.memberId === memberId)?.attendance !== 'PRESENT',
        'who is there writes no opinion',
      )
    if (kind === 'BRANCH_ASSEMBLY' && matter === 'ADMISSION') must(decision === 'SECRET_BALLOT', 'admitted in secret')
    const enough = matter === 'ELECTION' ? present * 5 >= due * 4 : present * 2 >= due
    must(!quorate || enough, 'quorate only with enough')
    must(
      !carried || (quorate && (ballots.inFavour + writtenInFavour) * 2 > due),
      'carried by more than half of all due',
    )
  }
}

describe('S0-16 whatever anybody writes down', () => {
  test('S0-16 a closed meeting never has what the regulation forbids, and each version told again is the same', () => {
    const found = { closed: 0, corrected: 0, carried: 0 }
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.array(anything, { minLength: 4, maxLength: 20 }), (kind, tries) => {
        let id = 0
        const compose = (input: MeetingInput, before: MeetingContent | null, complete: boolean): MeetingContent => {
          const meeting = { organisationKind: 'BRANCH', kind, input, register, before: before?.resolutions ?? [] }
          return composeMeeting(meeting, complete, () => `resolution ${++id}`)
        }
        const startsAt = new Date('2026-06-01T01:00:00Z')
        const items = [{ title: '议题', discussion: null, outcome: null }]
        const participantIds = kind === 'BRANCH_ASSEMBLY' ? [] : members.slice(0, 5)
        let draft = compose(inputOfPlan({ startsAt, place: '会议室', items, participantIds }), null, false)
        const versions: MeetingContent[] = []
        for (const one of tries) {
          try {
            const newest = versions.at(-1) ?? null
            if (newest) {
              if (one.what === 0) versions.push(compose(written(kind, one), newest, true))
            } else if (one.what === 1) draft = compose(written(kind, one), draft, false)
            else if (one.what === 2) {
              // Held as announced: who was granted leave is not asked for again, and who came did so.
              const { presentIds, absentIds } = written(kind, { ...one, matter: -1 })
              const unsaid = Object.fromEntries(Object.keys(inputOf(kind, draft)).map(key => [key, null]))
              const held = { ...unsaid, heldOn, presentIds, absentIds } as Parameters<typeof inputOfHeld>[3]
              const notices = members.map(memberId => ({ memberId, granted: true, leaveReason: '请假' }))
              const input = inputOfHeld(
                { kind },
                draft,
                notices.filter(({ memberId }) => participantIds.includes(memberId) || kind === 'BRANCH_ASSEMBLY'),
                held,
              )
              const [said, granted] = [[...presentIds, ...absentIds], input.leaves.map(({ memberId }) => memberId)]
              must(!granted.some(id => said.includes(id)), 'of whom it is said where they were, there is no leave')
              draft = compose(input, draft, false)
            } else if (one.what === 3) versions.push(compose(inputOf(kind, draft), draft, true))
          } catch (error) {
            if (!(error instanceof DomainError)) throw error
          }
        }
        for (const [i, version] of versions.entries()) {
          requireLawful(kind, version)
          const again = compose(inputOf(kind, version), version, true)
          must(hashOf(again).equals(hashOf(version)), 'told again it has the same hash')
          expect(again).toEqual(version)
          found[i === 0 ? 'closed' : 'corrected']++
          found.carried += version.resolutions.filter(({ carried }) => carried).length
        }
      }),
      { numRuns: 2_000 },
    )
    // Otherwise nothing was tried that could have gone wrong.
    expect(found.closed).toBeGreaterThan(300)
    expect(found.corrected).toBeGreaterThan(100)
    expect(found.carried).toBeGreaterThan(30)
  })
})
