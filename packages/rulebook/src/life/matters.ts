import { inBranches } from '../citations.ts'
import type { Citation } from '../deadline.ts'
import { type Matter, matters } from '../development/step.ts'
import { isMeetingKind, type MeetingKind, meetingKindRules } from './meeting-kinds.ts'

export const meetingMatters = [
  ...matters,
  'SPENDING',
  'ELECTION',
  'DISPOSAL',
  'PENALTY',
  'COMMENDATION',
  'REPORT',
  'OTHER',
] as const
export type MeetingMatter =
  | Matter
  | 'SPENDING'
  | 'ELECTION'
  | 'DISPOSAL'
  | 'PENALTY'
  | 'COMMENDATION'
  | 'REPORT'
  | 'OTHER'

/** 超过半数 wants one more than half; 半数以上 holds the half itself, 不少于五分之四 the four fifths. */
export type Quorum = 'OVER_HALF' | 'HALF' | 'FOUR_FIFTHS'
/** Of whom over half have to be in favour. */
export type VoteBase = 'DUE' | 'PRESENT'

export type MatterRule = {
  name: { zh: string; en: string }
  /** Whether it names the one person whom it is about: people are discussed and voted on one by one. */
  aboutPerson: boolean
  /** Whether one meeting decides it once for a person: a tie in an election is voted on again. */
  once: boolean
  /** Null where the text of the meeting itself has the quorum: see `quorumOf`. */
  quorum: { quorum: Quorum; citation: Citation } | null
  base: VoteBase
  /** Where the text prescribes the secret ballot: in assemblies, in whatever body decides, or nowhere. */
  secret: 'IN_ASSEMBLIES' | 'ALWAYS' | 'NEVER'
  /** Whether written opinions of absent voters count, in a branch's assembly: only where the text has them. */
  writtenOpinions: boolean
  /** Where the way of deciding stands; null: with the meeting that decides. */
  citation: Citation | null
  /** Meetings that decide it. */
  decidedBy: ReadonlySet<MeetingKind>
  /** Whether a temporary branch decides it: it develops, punishes and disposes of nobody and elects nobody. */
  inTemporaryBranch: boolean
}

const at = (...kinds: MeetingKind[]): ReadonlySet<MeetingKind> => new Set(kinds)
const ofBranch = ['BRANCH_ASSEMBLY', 'BRANCH_COMMITTEE'] as const
const above = ['COMMITTEE', 'MEMBER_ASSEMBLY', 'CONGRESS'] as const
const bodies = [...ofBranch, ...above, 'DISCIPLINE_COMMITTEE'] as const
const byBranchAndCommittee = at(...ofBranch, 'GROUP_MEETING', 'COMMITTEE')
const everywhere = new Set(Object.keys(meetingKindRules) as MeetingKind[])

const ordinary = {
  ...({ aboutPerson: true, once: true, quorum: null, base: 'DUE', secret: 'NEVER', writtenOpinions: false } as const),
  ...{ citation: null, inTemporaryBranch: false },
}
const byBallot = {
  ...ordinary,
  quorum: {
    quorum: 'OVER_HALF',
    citation: {
      article: '第二十条',
      source: '《中国共产党发展党员工作细则》（2014 年；2026 年修订第十九条）',
      certainty: 'VERIFIED',
    },
  },
  ...({ secret: 'IN_ASSEMBLIES', writtenOpinions: true } as const),
  citation: {
    article: '第二十一条',
    source: '《中国共产党发展党员工作细则》（2014 年；2026 年修订第二十条）',
    certainty: 'VERIFIED',
  },
  decidedBy: byBranchAndCommittee,
} as const

/** Disposal of unfit members: the steps and the vote are of the organisation departments, the kinds are in the rule. */
const disposal: Citation = {
  article: '第三十条、第三十一条',
  source: '《中国共产党党员教育管理工作条例》（2019 年）及组织部门关于处置不合格党员的规定',
  certainty: 'SECONDARY',
}
/** Elections: the number is in handbooks on the regulation of 2020, not read in its text, so no article is shown. */
const electionVote: Citation = {
  article: '到会不少于应到会的五分之四、赞成超过应到会的半数',
  source: '《中国共产党基层组织选举工作条例》（2020 年）的选举办法范本',
  certainty: 'SECONDARY',
}
const assemblyPowers = inBranches('第十一条')

/** How each matter is decided, as data: quorum, base, form of the ballot, written opinions, where, with the article. */
export const matterRules: Readonly<Record<MeetingMatter, MatterRule>> = {
  ACTIVIST: {
    name: { zh: '确定入党积极分子', en: 'naming an activist' },
    ...ordinary,
    decidedBy: byBranchAndCommittee,
  },
  CANDIDATE: { name: { zh: '确定发展对象', en: 'naming a candidate' }, ...ordinary, decidedBy: byBranchAndCommittee },
  EXAMINATION: { name: { zh: '支委会审查', en: 'examination' }, ...ordinary, decidedBy: byBranchAndCommittee },
  ADMISSION: { name: { zh: '接收预备党员', en: 'admission' }, ...byBallot },
  CONVERSION: { name: { zh: '预备党员转正', en: 'conversion' }, ...byBallot },
  EXTENSION: { name: { zh: '延长预备期', en: 'extending the probation' }, ...byBallot },
  CANCELLATION: { name: { zh: '取消预备党员资格', en: 'cancelling the standing' }, ...byBallot },
  SPENDING: {
    name: { zh: '党费支出', en: 'spending of dues' },
    ...{ ...ordinary, aboutPerson: false, inTemporaryBranch: true },
    citation: {
      article: '第二十条',
      source: '《关于中国共产党党费收缴、使用和管理的规定》（2008 年）',
      certainty: 'VERIFIED',
    },
    decidedBy: at(...ofBranch, ...above),
  },
  ELECTION: {
    name: { zh: '选举', en: 'election' },
    ...{ ...ordinary, once: false, secret: 'ALWAYS', citation: electionVote },
    quorum: { quorum: 'FOUR_FIFTHS', citation: electionVote },
    decidedBy: at(...bodies),
  },
  DISPOSAL: {
    name: { zh: '处置不合格党员（限期改正、劝退、除名）', en: 'disposal of an unfit member' },
    ...{ ...ordinary, secret: 'IN_ASSEMBLIES', citation: disposal },
    quorum: { quorum: 'OVER_HALF', citation: disposal },
    decidedBy: at(...ofBranch, 'COMMITTEE'),
  },
  PENALTY: {
    name: { zh: '处分党员', en: 'penalty' },
    ...{ ...ordinary, citation: assemblyPowers },
    decidedBy: at(...ofBranch, 'COMMITTEE', 'DISCIPLINE_COMMITTEE'),
  },
  COMMENDATION: {
    name: { zh: '表彰', en: 'commendation' },
    ...{ ...ordinary, aboutPerson: false, inTemporaryBranch: true },
    decidedBy: at(...ofBranch, ...above, 'APPRAISAL_MEETING'),
  },
  REPORT: {
    name: { zh: '听取和审查报告', en: 'hearing a report' },
    ...{ ...ordinary, aboutPerson: false, inTemporaryBranch: true },
    decidedBy: at(...bodies, 'CRITICISM_MEETING'),
  },
  OTHER: {
    name: { zh: '其他', en: 'other' },
    ...{ ...ordinary, aboutPerson: false, inTemporaryBranch: true },
    decidedBy: everywhere,
  },
}

const ruleOf = (matter: string): MatterRule => matterRules[matter as MeetingMatter] ?? matterRules.OTHER

/** Matters on which the rules of development ask the assembly for a secret ballot and take absent voters' opinions. */
export const isByBallot = (matter: string): boolean => ruleOf(matter).writtenOpinions

/** How many of those due must have come where the matter itself asks for nothing else; with the article. */
const quorumOfBody: Readonly<Record<'ASSEMBLY' | 'COMMITTEE', { quorum: Quorum; citation: Citation }>> = {
  ASSEMBLY: { quorum: 'HALF', citation: assemblyPowers },
  COMMITTEE: { quorum: 'HALF', citation: inBranches('第十二条') },
}

/** Where the whole of an organisation decides, or its delegates: any other meeting is counted as a committee's. */
const isWhole = (meeting: string): boolean =>
  isMeetingKind(meeting) && ['ASSEMBLY', 'CONGRESS'].includes(meetingKindRules[meeting].body)

/** @param meeting the kind of meeting */
export const quorumOf = (matter: string, meeting: string): { quorum: Quorum; citation: Citation } =>
  ruleOf(matter).quorum ?? quorumOfBody[isWhole(meeting) ? 'ASSEMBLY' : 'COMMITTEE']

/** Whether a vote of that meeting on that matter has to be by secret ballot. */
export const isSecretAt = (matter: string, meeting: MeetingKind): boolean => {
  const { secret } = ruleOf(matter)
  return secret === 'ALWAYS' || (secret === 'IN_ASSEMBLIES' && meetingKindRules[meeting].body === 'ASSEMBLY')
}

/** Whether absent voters' opinions count: in a branch's assembly, on what the text gives them. */
export const takesOpinions = (matter: string, meeting: MeetingKind): boolean =>
  meeting === 'BRANCH_ASSEMBLY' && ruleOf(matter).writtenOpinions

/** Where it stands how a matter is decided in that meeting. */
export const citationOf = (matter: MeetingMatter, meeting: MeetingKind): Citation =>
  matterRules[matter].citation ??
  quorumOfBody[meetingKindRules[meeting].body === 'COMMITTEE' ? 'COMMITTEE' : 'ASSEMBLY'].citation
