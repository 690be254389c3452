import { inBranches, inElections } from '../citations.ts'
import type { Citation } from '../deadline.ts'
import { isBranch } from '../organisations/kinds.ts'

export const meetingKinds = [
  'BRANCH_COMMITTEE',
  'BRANCH_ASSEMBLY',
  'GROUP_MEETING',
  'CLASS',
  'THEME_DAY',
  'CRITICISM_MEETING',
  'APPRAISAL_MEETING',
  'COMMITTEE',
  'DISCIPLINE_COMMITTEE',
  'MEMBER_ASSEMBLY',
  'CONGRESS',
  'JOINT_ACTIVITY',
] as const
export type MeetingKind = (typeof meetingKinds)[number]

/** Which of the bodies of an organisation meets; LIFE: nobody decides there by virtue of the meeting's kind. */
export type MeetingBody = 'ASSEMBLY' | 'CONGRESS' | 'COMMITTEE' | 'GROUP' | 'LIFE'

export type MeetingKindRule = {
  name: { zh: string; en: string }
  body: MeetingBody
  /**
   * Whose meeting it is. EVERYBODY: all on the register of that day. NAMED: those whom the meeting names, or who sit in
   * the committee. EITHER: those whom it names, and everybody where it names nobody.
   */
  people: 'EVERYBODY' | 'NAMED' | 'EITHER'
  /** Which organisations hold it. */
  heldBy: 'BRANCH' | 'BRANCH_OR_GENERAL_BRANCH' | 'ABOVE_A_BRANCH' | 'BASE_COMMITTEE' | 'ANY'
  citation: Citation
}

const elections = inElections('第四条')
/** Not read in a text, so that no article is shown for it. */
const recalled: Citation = { article: '', source: '《中国共产党章程》', certainty: 'RECALLED' }

/** Kinds of meetings as data: whose they are, who decides there, which organisation holds them. */
export const meetingKindRules: Readonly<Record<MeetingKind, MeetingKindRule>> = {
  BRANCH_COMMITTEE: {
    name: { zh: '支部委员会会议', en: 'branch committee' },
    ...{ body: 'COMMITTEE', people: 'NAMED', heldBy: 'BRANCH', citation: inBranches('第十二条') },
  },
  BRANCH_ASSEMBLY: {
    name: { zh: '支部党员大会', en: 'branch assembly' },
    ...{ body: 'ASSEMBLY', people: 'EVERYBODY', heldBy: 'BRANCH', citation: inBranches('第十一条') },
  },
  GROUP_MEETING: {
    name: { zh: '党小组会', en: 'party group meeting' },
    ...{ body: 'GROUP', people: 'NAMED', heldBy: 'BRANCH', citation: inBranches('第十三条') },
  },
  CLASS: {
    name: { zh: '党课', en: 'party class' },
    ...{ body: 'LIFE', people: 'EITHER', heldBy: 'ANY', citation: inBranches('第十六条') },
  },
  THEME_DAY: {
    name: { zh: '主题党日', en: 'theme day' },
    ...{ body: 'LIFE', people: 'EITHER', heldBy: 'ANY', citation: inBranches('第十六条') },
  },
  // As an assembly, a committee's meeting or a group's: whoever is named, or the whole branch.
  CRITICISM_MEETING: {
    name: { zh: '组织生活会', en: 'criticism meeting' },
    ...{ body: 'LIFE', people: 'EITHER', heldBy: 'BRANCH_OR_GENERAL_BRANCH', citation: inBranches('第十七条') },
  },
  APPRAISAL_MEETING: {
    name: { zh: '民主评议党员', en: 'appraisal of members' },
    ...{ body: 'LIFE', people: 'EITHER', heldBy: 'BRANCH_OR_GENERAL_BRANCH', citation: inBranches('第十八条') },
  },
  COMMITTEE: {
    name: { zh: '委员会会议', en: 'committee' },
    ...{ body: 'COMMITTEE', people: 'NAMED', heldBy: 'ABOVE_A_BRANCH', citation: inBranches('第十二条') },
  },
  DISCIPLINE_COMMITTEE: {
    name: { zh: '纪律检查委员会会议', en: 'discipline committee' },
    ...{ body: 'COMMITTEE', people: 'NAMED', heldBy: 'BASE_COMMITTEE', citation: recalled },
  },
  MEMBER_ASSEMBLY: {
    name: { zh: '党员大会', en: 'member assembly' },
    ...{ body: 'ASSEMBLY', people: 'EVERYBODY', heldBy: 'ABOVE_A_BRANCH', citation: elections },
  },
  CONGRESS: {
    name: { zh: '党员代表大会', en: 'congress of delegates' },
    ...{ body: 'CONGRESS', people: 'NAMED', heldBy: 'ABOVE_A_BRANCH', citation: elections },
  },
  JOINT_ACTIVITY: {
    name: { zh: '联合开展的活动', en: 'joint activity' },
    ...{ body: 'LIFE', people: 'EITHER', heldBy: 'ANY', citation: inBranches('第十六条') },
  },
}

/** Discipline committees stand beside committees: a general branch and a branch have a member for discipline instead. */
const holdsOf: Readonly<Record<MeetingKindRule['heldBy'], (organisationKind: string) => boolean>> = {
  BRANCH: isBranch,
  BRANCH_OR_GENERAL_BRANCH: kind => isBranch(kind) || kind === 'GENERAL_BRANCH',
  ABOVE_A_BRANCH: kind => !isBranch(kind),
  BASE_COMMITTEE: kind => !isBranch(kind) && kind !== 'GENERAL_BRANCH',
  ANY: () => true,
}

/** Whether an organisation of this kind holds meetings of that kind. */
export const holdsMeeting = (organisationKind: string, kind: MeetingKind): boolean =>
  holdsOf[meetingKindRules[kind].heldBy](organisationKind)

export const isMeetingKind = (kind: string): kind is MeetingKind => (meetingKinds as readonly string[]).includes(kind)
