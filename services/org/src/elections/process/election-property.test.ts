import { describe, expect, test } from '@jest/globals'
import { addDays, candidatesFor, type Tally, usualElectionRules } from '@linghang/rulebook'
import { DomainError } from '@linghang/subgraph/errors'
import fc from 'fast-check'
import { asking, deciding } from './asking.ts'
import { counting, reducing } from './counting.ts'
import { type ElectionState, lastBallot, postsLeft } from './election.ts'
import { fold, follow } from './election-state.ts'
import { approvalStages, ballotKinds, type Fact } from './facts.ts'
import { opening } from './opening.ts'
import { announcement, candidateList, recommendation, summons } from './preparing.ts'
import { ballotOpening, ballotsDue, convening } from './voting.ts'

const uuid = (n: number) => `00000000-0000-7000-8000-${`${n}`.padStart(12, '0')}`
const people = [1, 2, 3, 4, 5, 6].map(uuid)

/** Somebody at a desk who does mostly what comes next, and now and then anything else. */
type Try = { what: number; pick: number; yes: number[]; lucky: boolean; days: number }
const anything: fc.Arbitrary<Try> = fc.record({
  what: fc.integer({ min: 0, max: 9 }),
  pick: fc.integer({ min: 0, max: 5 }),
  yes: fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 6, maxLength: 6 }),
  lucky: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  days: fc.constantFrom(0, 0, 0, 0, 0, 1, 9),
})

function nextOf(state: ElectionState): number {
  const { approvals, recommended, candidates, announced, summonedOn, assembly } = state
  if (Object.values(approvals).some(one => one.state === 'OPEN')) return 1
  if (approvals.REQUEST?.state !== 'APPROVED') return 0
  if (!recommended) return 2
  if (!candidates) return 3
  if (approvals.CANDIDATES?.state !== 'APPROVED') return 0
  if (!announced) return 4
  if (summonedOn === null) return 5
  if (!assembly) return 6
  if (lastBallot(state) && !lastBallot(state)?.counted) return 8
  return ballotsDue(state).length > 0 ? 7 : 0
}

function tallyOf(state: ElectionState, yes: readonly number[], lucky: boolean): Tally {
  const ballot = lastBallot(state)
  const voting = ballot?.kind === 'POSTS' ? state.elected.length : (state.assembly?.present ?? 0)
  const candidates = (ballot?.candidates ?? []).map((memberId, i) => {
    const chosen = i < (ballot?.seats ?? 0) ? Math.max(0, voting - i) : 0
    const inFavour = lucky ? chosen : Math.min(voting, yes[i] ?? 0)
    return { memberId, inFavour, against: voting - inFavour, abstained: 0 }
  })
  const due = ballot?.kind === 'POSTS' ? voting : (state.assembly?.due ?? 0)
  return { due, present: voting, issued: voting, voting, returned: voting, void: 0, candidates, writeIns: [] }
}

function decide(state: ElectionState, one: Try, today: string): Fact[] {
  const at = { state, today }
  const what = one.lucky ? nextOf(state) : one.what
  const stage = approvalStages[one.pick % 3] ?? 'REQUEST'
  const wanted = approvalStages.find(each => state.approvals[each]?.state !== 'APPROVED') ?? 'RESULT'
  const some = people.slice(0, one.lucky ? 4 : one.pick)
  const named = some.map(memberId => ({ memberId, name: '某' }))
  const standings = some.map(memberId => ({ memberId, standing: 'FULL', suspendedSince: null }))
  const posts = [{ post: 'SECRETARY' as const, memberId: people[0] as string }]
  if (what === 0) return [asking(at, one.lucky ? wanted : stage, uuid(state.version + 100), uuid(99))]
  if (what === 1) {
    const open = Object.values(state.approvals).find(each => each.state === 'OPEN')
    const outcome = one.lucky ? 'APPROVED' : 'RETURNED'
    const fact = open && deciding(state, { ...open, outcome, decidedOn: today })
    if (!fact) return []
    return fact.stage === 'RESULT' && outcome === 'APPROVED' ? [fact, { type: 'SEATED', on: today }] : [fact]
  }
  if (what === 2)
    return [
      recommendation(at, {
        on: today,
        groups: 1,
        members: 9,
        people: named.map(n => ({ ...n, groups: 1, members: 1 })),
      }),
    ]
  if (what === 3) return [candidateList(at, { people: named, posts }, standings)]
  if (what === 4) return [announcement(at, { from: today, until: addDays(today, one.lucky ? 8 : one.pick) })]
  if (what === 5) return [summons(at, { on: today, assemblyOn: addDays(today, one.lucky ? 9 : one.pick) })]
  if (what === 6) {
    const meeting = {
      ...{ id: uuid(50), kind: 'BRANCH_ASSEMBLY', orgId: uuid(98), heldOn: today, due: 10 },
      ...{ present: one.lucky ? 9 : 5 + one.pick, presentVoters: new Set(people) },
    }
    const tellers = [people[one.lucky ? 5 : one.pick] as string]
    return [convening(at, meeting, { tellers, counters: [people[4] as string] })]
  }
  if (what === 7) {
    const kind = one.lucky ? (ballotsDue(state)[0] ?? 'MAIN') : (ballotKinds[one.pick % 5] ?? 'MAIN')
    return [ballotOpening(at, { kind, on: today, posts: [] })]
  }
  if (what === 8) {
    const tally = tallyOf(state, one.yes, one.lucky)
    return [counting(at, { tally, by: one.pick % 2 ? 'one' : 'two', again: false })]
  }
  return [reducing(at, one.pick + 4)]
}

describe('S0-12 whatever anybody tries', () => {
  test('S0-12 an election never reaches what the regulation forbids, and its facts told again give its state', () => {
    let done = 0
    fc.assert(
      fc.property(fc.array(anything, { minLength: 30, maxLength: 90 }), tries => {
        let today = '2027-01-04'
        const plan = {
          kind: 'TERM',
          body: 'ASSEMBLY',
          seats: 3,
          posts: ['SECRETARY'],
          plannedOn: '2027-02-26',
        } as const
        const at = { orgId: uuid(98), organisationKind: 'BRANCH', termEnd: '2027-03-01', fullMembers: 10, members: 10 }
        const more = { termEnd: at.termEnd, reason: null, consentToEqual: false, scattered: false, delegates: null }
        const facts: Fact[] = [
          opening(
            at,
            { ...plan, ...more },
            {
              ...{ today, open: false, rules: usualElectionRules },
              sitting: { members: 0, posts: [], size: null },
            },
          ),
        ]
        let state = fold(facts)
        for (const one of tries) {
          today = addDays(today, one.days)
          try {
            const made = decide(state, one, today)
            for (const fact of made) state = follow(state, fact)
            facts.push(...made)
          } catch (error) {
            if (!(error instanceof DomainError)) throw error
          }
        }
        expect(fold(facts)).toEqual(state)
        if (state.candidates) expect(state.candidates.people.length).toBeGreaterThanOrEqual(candidatesFor(3))
        if (state.assembly) {
          expect(state.assembly.present * 5).toBeGreaterThanOrEqual(state.assembly.due * 4)
          expect(state.assembly.tellers).not.toContain(people[0])
          expect(state.approvals.CANDIDATES?.state).toBe('APPROVED')
        }
        expect(state.elected.length).toBeLessThanOrEqual(state.seats)
        expect(new Set(state.elected).size).toBe(state.elected.length)
        for (const { counted } of state.ballots) if (counted) expect(new Set(counted.by).size).toBe(2)
        for (const { memberId } of state.officers) expect(state.elected).toContain(memberId)
        if (state.phase !== 'DONE') return
        done++
        expect([state.elected.length, postsLeft(state)]).toEqual([state.seats, []])
      }),
      { numRuns: 2_000, seed: 20_261_129 },
    )
    // A property that never comes to an end says nothing of ends.
    expect(done).toBeGreaterThan(20)
  })
})
