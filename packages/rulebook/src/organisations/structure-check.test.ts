import { describe, expect, test } from '@jest/globals'
import { practiceArticle } from '../deadline.ts'
import type { CommitteePost } from './committee.ts'
import { structureFindings } from './structure-check.ts'
import type { StructureFacts } from './structure-facts.ts'

const today = '2026-06-15'
const seat = (post: CommitteePost, memberId: string, fullMemberSince: string | null = '2000-01-01') => ({
  ...{ post, memberId, fullMemberSince },
})
const committee = (n: number) => Array.from({ length: n }, (_, i) => seat(i === 0 ? 'SECRETARY' : 'MEMBER', `${i}`))
/** A branch of ten with a committee of three and nothing wrong. */
const sound: StructureFacts = {
  ended: false,
  ...{ kind: 'BRANCH', members: 10, fullMembers: 10, people: 12, termEnd: '2027-01-01', seats: committee(3) },
  ...{ secretaryLeftOn: null, secretaryNamed: false, groupsWithoutFullMembers: [] },
  endsOn: null,
  keeperLeftOn: null,
  seatsOfOthers: 0,
  coveredUnits: null,
}
const found = (facts: Partial<StructureFacts>) =>
  structureFindings({ ...sound, ...facts }, today).map(({ kind }) => kind)
const two = { seats: committee(2) }

describe('1.2 the structure check', () => {
  test.each<[string, Partial<StructureFacts>, string[]]>([
    ['nothing', {}, []],
    ['three full members', { fullMembers: 3, ...two }, []],
    ['two full members', { fullMembers: 2, ...two }, ['TOO_FEW_MEMBERS']],
    ['fifty members', { members: 50 }, []],
    ['fifty-one members', { members: 51 }, ['TOO_MANY_MEMBERS']],
    ['six full members and a secretary', { fullMembers: 6, seats: committee(1) }, []],
    ['seven full members and a committee of two', { fullMembers: 7, ...two }, ['COMMITTEE_TOO_SMALL']],
    ['seven full members and nobody', { fullMembers: 7, seats: [] }, ['NO_COMMITTEE', 'SECRETARY_VACANT']],
    ['nobody recorded, a secretary named by the roster', { seats: [], secretaryNamed: true }, []],
    ['a committee of seven', { seats: committee(7) }, []],
    ['a committee of eight', { seats: committee(8) }, ['COMMITTEE_TOO_LARGE']],
    ['a first secretary beside seven', { seats: [...committee(7), seat('FIRST_SECRETARY', 'x')] }, []],
    ['a term that ends today', { termEnd: today }, []],
    ['a term that ended yesterday', { termEnd: '2026-06-14' }, ['TERM_OVER']],
    ['no term known', { termEnd: null }, []],
    [
      'the secretary has left',
      { seats: committee(3).slice(1).concat(seat('MEMBER', 'y')), secretaryLeftOn: '2026-05-01', secretaryNamed: true },
      ['SECRETARY_VACANT'],
    ],
    ['a secretary of a year', { seats: [seat('SECRETARY', '0', '2025-06-15'), ...committee(3).slice(1)] }, []],
    [
      'a secretary of a year less a day',
      { seats: [seat('SECRETARY', '0', '2025-06-16'), ...committee(3).slice(1)] },
      ['SECRETARY_STANDING_SHORT'],
    ],
    ['a seat of somebody who has moved away', { seatsOfOthers: 1 }, ['SEAT_OF_SOMEBODY_ELSEWHERE']],
    ['a joint branch of five units', { kind: 'JOINT_BRANCH', coveredUnits: 5 }, []],
    ['a joint branch of six units', { kind: 'JOINT_BRANCH', coveredUnits: 6 }, ['JOINT_BRANCH_TOO_WIDE']],
    ['a joint branch of nobody knows how many', { kind: 'JOINT_BRANCH' }, []],
    ['a group without full members', { groupsWithoutFullMembers: ['一组'] }, ['GROUP_WITHOUT_FULL_MEMBERS']],
    [
      'a temporary branch of nobody',
      { kind: 'TEMPORARY_BRANCH', fullMembers: 0, members: 0, termEnd: '2020-01-01' },
      [],
    ],
    ['a committee of five', { kind: 'COMMITTEE', people: 0, seats: committee(5) }, []],
    ['a committee of four', { kind: 'COMMITTEE', people: 0, seats: committee(4) }, ['COMMITTEE_TOO_SMALL']],
    [
      'a committee with somebody in no branch',
      { kind: 'COMMITTEE', people: 1, seats: committee(5) },
      ['PEOPLE_IN_NO_BRANCH'],
    ],
    ['a temporary branch on its last day', { kind: 'TEMPORARY_BRANCH', endsOn: today }, []],
    ['a temporary branch behind it', { kind: 'TEMPORARY_BRANCH', endsOn: '2026-06-14' }, ['TEMPORARY_OVER']],
    ['one that has ended', { ended: true, people: 0, seats: [], termEnd: '2020-01-01', fullMembers: 0 }, []],
    ['one that has ended with somebody left', { ended: true, people: 1, seats: [] }, ['PEOPLE_IN_NO_BRANCH']],
    ['nobody who keeps its affairs any more', { keeperLeftOn: '2026-06-14' }, ['KEPT_FROM_ABOVE']],
  ])('1.2 of %s', (_, facts, kinds) => {
    expect(found(facts)).toEqual(kinds)
  })

  test('1.2 each says since when where that is known, where it stands and what to do in both languages', () => {
    const [over] = structureFindings({ ...sound, termEnd: '2026-06-14' }, today)
    expect(over).toMatchObject({ since: '2026-06-15', citation: { article: '第三条', certainty: 'VERIFIED' } })
    const all = [
      { fullMembers: 2, members: 51, seats: committee(8), termEnd: '2026-01-01', groupsWithoutFullMembers: ['一组'] },
      { seats: [] },
      { keeperLeftOn: '2026-06-14' },
      { kind: 'COMMITTEE', people: 1, seats: committee(4) },
    ].flatMap(facts => structureFindings({ ...sound, ...facts }, today))
    for (const { advice, citation } of all) {
      expect(advice.zh).toMatch(/\p{Script=Han}/u)
      expect(advice.en).not.toMatch(/\p{Script=Han}/u)
      expect(citation.certainty === 'RECALLED').toBe(
        citation.article === practiceArticle && /党小组|经办/.test(citation.source),
      )
    }
  })
})
