import { addDays, addMonths, type IsoDate } from '../calendar.ts'
import { byPractice, inBranches, inElections } from '../citations.ts'
import { type Citation, practiceArticle } from '../deadline.ts'
import { committeeFrom, seatRuleOf } from '../elections/seats.ts'
import { isBranch } from './kinds.ts'
import {
  branchMembers,
  jointBranchUnits,
  type StructureFacts,
  type StructureFinding,
  type StructureFindingKind,
  secretaryStanding,
  structureFindingKinds,
} from './structure-facts.ts'

const adjusting = inBranches('第七条')
const educated: Citation = {
  article: '第二十五条',
  source: '《中国共产党党员教育管理工作条例》（2019 年）',
  certainty: 'VERIFIED',
}
const ofGroups: Citation = { article: practiceArticle, source: '党小组设置的通行做法', certainty: 'RECALLED' }

type Check = (facts: StructureFacts, today: IsoDate) => Omit<StructureFinding, 'kind'>[]

/** A temporary branch's people are registered elsewhere, and it elects nobody (art. 8): their number decides nothing there. */
const isLasting = ({ kind }: StructureFacts): boolean => isBranch(kind) && kind !== 'TEMPORARY_BRANCH'
const sitting = ({ seats }: StructureFacts): number =>
  new Set(seats.filter(({ post }) => post !== 'FIRST_SECRETARY').map(({ memberId }) => memberId)).size
const hasCommittee = (facts: StructureFacts): boolean =>
  isBranch(facts.kind) ? isLasting(facts) && facts.fullMembers >= committeeFrom.fullMembers : true

const checks: Readonly<Record<StructureFindingKind, Check>> = {
  TOO_FEW_MEMBERS: facts =>
    isLasting(facts) && facts.fullMembers < branchMembers.fewest
      ? [
          {
            ...{ found: `${facts.fullMembers}`, wanted: `≥ ${branchMembers.fewest}`, since: null, citation: adjusting },
            advice: {
              zh: '正式党员不足 3 人：与邻近单位联合设立党支部，或报上级调整、撤销',
              en: 'Under three full members: join a neighbouring unit in a joint branch, or ask the superior to adjust or end it',
            },
          },
        ]
      : [],
  TOO_MANY_MEMBERS: facts =>
    isLasting(facts) && facts.members > branchMembers.most
      ? [
          {
            ...{ found: `${facts.members}`, wanted: `≤ ${branchMembers.most}`, since: null },
            citation: branchMembers.citation,
            advice: {
              zh: '党员超过 50 人：一般应分设党支部，或报上级改设党总支',
              en: 'Over fifty members: as a rule it is split, or becomes a general branch',
            },
          },
        ]
      : [],
  NO_COMMITTEE: facts =>
    isLasting(facts) && hasCommittee(facts) && sitting(facts) === 0 && !facts.secretaryNamed
      ? [
          {
            ...{
              found: '0',
              wanted: `≥ ${seatRuleOf(facts.kind)?.from}`,
              since: null,
              citation: committeeFrom.citation,
            },
            advice: {
              zh: '正式党员 7 人以上：应选举产生支部委员会；已选举的，登记委员会成员',
              en: 'Seven full members or more: elect a committee; where there is one, record who sits in it',
            },
          },
        ]
      : [],
  COMMITTEE_TOO_SMALL: facts => {
    const size = seatRuleOf(facts.kind)
    const found = sitting(facts)
    return size !== null && hasCommittee(facts) && found > 0 && found < size.from
      ? [
          {
            ...{ found: `${found}`, wanted: `≥ ${size.from}`, since: null, citation: size.citation },
            advice: { zh: '委员会缺额：及时补选或增补', en: 'Seats are empty: hold a by-election or co-opt' },
          },
        ]
      : []
  },
  COMMITTEE_TOO_LARGE: facts => {
    const size = seatRuleOf(facts.kind)
    const found = sitting(facts)
    return size !== null && found > size.atMost
      ? [
          {
            ...{ found: `${found}`, wanted: `≤ ${size.atMost}`, since: null, citation: size.citation },
            advice: {
              zh: '委员会人数超过规定：核对登记，换届时按职数选举',
              en: 'More sit there than may: check what is recorded, and elect by the number at the next term',
            },
          },
        ]
      : []
  },
  TERM_OVER: ({ kind, termEnd }, today) =>
    termEnd !== null && termEnd < today && kind !== 'TEMPORARY_BRANCH'
      ? [
          {
            ...{ found: termEnd, wanted: `≥ ${today}`, since: addDays(termEnd, 1), citation: inElections('第三条') },
            advice: {
              zh: '任期已满：按期换届；需要延期的，报上级批准，最长不超过一年',
              en: 'The term is over: elect anew, or ask the superior for a delay of a year at most',
            },
          },
        ]
      : [],
  SECRETARY_VACANT: facts =>
    facts.seats.every(({ post }) => post !== 'SECRETARY') && !(facts.secretaryNamed && facts.secretaryLeftOn === null)
      ? [
          {
            ...{ found: '0', wanted: '1', since: facts.secretaryLeftOn, citation: inBranches('第二十一条') },
            advice: {
              zh: '书记空缺：及时补选，必要时由上级指派；已产生的，登记任职',
              en: 'There is no secretary: hold a by-election, or the superior appoints one; record who has come',
            },
          },
        ]
      : [],
  SECRETARY_STANDING_SHORT: ({ kind, seats }, today) => {
    const since = seats.find(({ post }) => post === 'SECRETARY')?.fullMemberSince ?? null
    const reached = since && addMonths(since, secretaryStanding.months)
    return isBranch(kind) && since !== null && reached !== null && reached > today
      ? [
          {
            ...{ found: since, wanted: `≤ ${addMonths(today, -secretaryStanding.months)}`, since: null },
            citation: secretaryStanding.citation,
            advice: {
              zh: '书记一般应有一年以上党龄：核对其转正日期，确需任职的说明理由',
              en: 'A secretary has been a full member for a year as a rule: check the day, or state why it is this one',
            },
          },
        ]
      : []
  },
  SEAT_OF_SOMEBODY_ELSEWHERE: ({ seatsOfOthers }) =>
    seatsOfOthers > 0
      ? [
          {
            ...{ found: `${seatsOfOthers}`, wanted: '0', since: null, citation: inElections('第五条') },
            advice: {
              zh: '有委员的组织关系已转出：登记其离任，缺额及时补选',
              en: 'Somebody who sits in the committee belongs elsewhere by now: end the seat, and hold a by-election',
            },
          },
        ]
      : [],
  GROUP_WITHOUT_FULL_MEMBERS: ({ groupsWithoutFullMembers }) =>
    groupsWithoutFullMembers.map(name => ({
      ...{ found: name, wanted: '≥ 1', since: null, citation: ofGroups },
      advice: {
        zh: '党小组没有正式党员：调整成员或撤销',
        en: 'The group has no full member: change who belongs to it, or end it',
      },
    })),
  PEOPLE_IN_NO_BRANCH: ({ kind, people, ended }) =>
    (ended || !isBranch(kind)) && people > 0
      ? [
          {
            ...{ found: `${people}`, wanted: '0', since: null, citation: educated },
            advice: {
              zh: '有人员未编入党支部（直接编在党委、党总支，或留在已撤销的党组织）：编入一个党支部',
              en: 'People stand in no branch: place them in one',
            },
          },
        ]
      : [],
  TEMPORARY_OVER: ({ endsOn }, today) =>
    endsOn !== null && endsOn < today
      ? [
          {
            ...{ found: endsOn, wanted: `≥ ${today}`, since: addDays(endsOn, 1), citation: inBranches('第八条') },
            advice: {
              zh: '临时党支部已到期，还有未办结的事项：办结或撤回后自行撤销',
              en: 'The temporary branch is past its last day and something is open there: finish it, and the branch ends by itself',
            },
          },
        ]
      : [],
  JOINT_BRANCH_TOO_WIDE: ({ kind, coveredUnits }) =>
    kind === 'JOINT_BRANCH' && coveredUnits !== null && coveredUnits > jointBranchUnits.most
      ? [
          {
            ...{ found: `${coveredUnits}`, wanted: `≤ ${jointBranchUnits.most}`, since: null },
            citation: jointBranchUnits.citation,
            advice: {
              zh: '联合党支部覆盖单位一般不超过 5 个：分设，或有条件的单位单独设立党支部',
              en: 'A joint branch covers five units as a rule: split it, or let units that can have a branch of their own',
            },
          },
        ]
      : [],
  KEPT_FROM_ABOVE: ({ keeperLeftOn }) =>
    keeperLeftOn !== null
      ? [
          {
            ...{ found: '0', wanted: '≥ 1', since: keeperLeftOn, citation: byPractice('党务经办人员配备') },
            advice: {
              zh: '本组织已无人经办，事务由上级组织代办：为现任书记任命系统职务',
              en: 'Nobody here keeps its affairs, and the superior does: appoint the login of whoever is secretary now',
            },
          },
        ]
      : [],
}

/** What is wrong with how an organisation is set up, in the order of the kinds; of one that has ended only who is left there. Pure. */
export const structureFindings = (facts: StructureFacts, today: IsoDate): StructureFinding[] =>
  structureFindingKinds
    .filter(kind => !facts.ended || kind === 'PEOPLE_IN_NO_BRANCH')
    .flatMap(kind => checks[kind](facts, today).map(finding => ({ kind, ...finding })))
