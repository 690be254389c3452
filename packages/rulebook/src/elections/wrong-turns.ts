import { asElectionsAreHeld, byPractice, inBranches, inElections } from '../citations.ts'
import type { Citation } from '../deadline.ts'

/** Where it stands what an election may not do; beside the citations that stand with their numbers. */
export const electionCitations = {
  TERM: inElections('第三条'),
  VOTERS: inElections('第五条'),
  APPOINTED: inBranches('第八条'),
  REQUEST: inBranches('第二十一条'),
  OFFICERS: inBranches('第二十一条'),
  CANDIDATES: asElectionsAreHeld('候选人由上届委员会提出，经上级审查同意'),
  RECOMMENDATION: asElectionsAreHeld('候选人经党员或所辖组织酝酿推荐'),
  EQUAL_NUMBER: asElectionsAreHeld('书记、副书记等额选举'),
  TELLERS: asElectionsAreHeld('监票人由不是候选人的有选举权党员担任，经大会通过'),
  ABSENT: asElectionsAreHeld('因故未到会的不能委托他人代为投票'),
  RESULT: inBranches('第二十一条'),
  DELEGATES: inElections('第十条'),
  SUMMONS: byPractice('大会前七日通知应到会党员'),
  TWO_PEOPLE: byPractice('计票结果由两人分别录入、互相核对'),
  BALLOTS_IN_TURN: asElectionsAreHeld('投票的次序'),
} as const satisfies Readonly<Record<string, Citation>>
