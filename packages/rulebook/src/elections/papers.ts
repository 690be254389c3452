import { addDays, type IsoDate } from '../calendar.ts'
import { type ElectionBody, type ElectionKind, isWhole } from './kinds.ts'
import type { StepDays } from './rules.ts'
import { type ElectionOffice, type ElectionStep, type StepRule, stepRules } from './timeline.ts'

/** Who drafts, signs, passes or is given a paper of an election. */
export const paperParties = [
  'SUPERIOR',
  'OUTGOING_COMMITTEE',
  'NEW_COMMITTEE',
  'SECRETARY',
  'NEW_SECRETARY',
  'ORGANISATION_MEMBER',
  'DISCIPLINE_MEMBER',
  'GROUP_LEADERS',
  'CHAIR',
  'ASKED',
  'VOTERS',
  'COUNTERS',
  'TELLERS',
  'CHIEF_TELLER',
  'BRANCH',
  'DEPARTMENTS',
  'ASSEMBLY',
  'FILE',
] as const
export type PaperParty = (typeof paperParties)[number]

type Rule = {
  title: string
  draftedBy: PaperParty
  signedBy: readonly PaperParty[]
  /** Whose seal it bears. */
  sealOf: ElectionOffice | null
  goesTo: readonly PaperParty[]
}
const paper = (
  title: string,
  draftedBy: PaperParty,
  signedBy: readonly PaperParty[],
  sealOf: ElectionOffice | null,
  goesTo: readonly PaperParty[],
): Rule => ({ title, draftedBy, signedBy, sealOf, goesTo })

/** The 37 papers of an election in their order, as offices have them: a county may have other titles. */
const rules = {
  WORK_PLAN: paper('换届选举工作方案', 'OUTGOING_COMMITTEE', ['SECRETARY'], null, ['FILE', 'SUPERIOR']),
  ASSEMBLY_REQUEST: paper('关于召开党员大会进行换届选举的请示', 'OUTGOING_COMMITTEE', ['SECRETARY'], 'OWN', [
    'SUPERIOR',
  ]),
  ASSEMBLY_REPLY: paper('关于召开党员大会进行换届选举的批复', 'SUPERIOR', [], 'SUPERIOR', ['BRANCH']),
  CHANGED_DAY_REQUEST: paper('关于延期换届选举的请示', 'OUTGOING_COMMITTEE', ['SECRETARY'], 'OWN', ['SUPERIOR']),
  CHANGED_DAY_REPLY: paper('关于延期换届选举的批复', 'SUPERIOR', [], 'SUPERIOR', ['BRANCH']),
  BRANCH_REQUEST: paper('关于党员大会选举党支部书记的请示', 'SECRETARY', ['SECRETARY'], 'OWN', ['SUPERIOR']),
  VACANCY_REQUEST: paper('关于补选委员的请示', 'OUTGOING_COMMITTEE', ['SECRETARY'], 'OWN', ['SUPERIOR']),
  VACANCY_REPLY: paper('关于补选委员的批复', 'SUPERIOR', [], 'SUPERIOR', ['BRANCH']),
  NOMINATION_NOTICE: paper('关于候选人推荐提名的通知', 'OUTGOING_COMMITTEE', ['SECRETARY'], null, [
    'GROUP_LEADERS',
    'VOTERS',
  ]),
  GROUP_RECOMMENDATION: paper('党小组推荐表', 'GROUP_LEADERS', ['GROUP_LEADERS'], null, ['OUTGOING_COMMITTEE']),
  RECOMMENDATION_SUMMARY: paper('推荐情况汇总表', 'OUTGOING_COMMITTEE', ['ORGANISATION_MEMBER'], null, ['FILE']),
  CONSULTATION: paper('候选人初步人选征求意见表', 'OUTGOING_COMMITTEE', ['ASKED'], null, ['FILE']),
  CANDIDATES_REQUEST: paper('关于候选人预备人选的请示', 'OUTGOING_COMMITTEE', ['SECRETARY'], 'OWN', ['SUPERIOR']),
  CANDIDATES_REPLY: paper('关于候选人预备人选的批复', 'SUPERIOR', [], 'SUPERIOR', ['BRANCH']),
  CANDIDATES_INTRODUCTION: paper('候选人简介', 'OUTGOING_COMMITTEE', [], null, ['VOTERS']),
  OPINION_INQUIRY: paper('关于征求候选人预备人选意见的函', 'SUPERIOR', [], 'SUPERIOR', ['DEPARTMENTS']),
  CANDIDATES_NOTICE: paper('候选人公示', 'OUTGOING_COMMITTEE', [], 'OWN', ['VOTERS']),
  ASSEMBLY_NOTICE: paper('关于召开党员大会的通知', 'OUTGOING_COMMITTEE', ['SECRETARY'], null, ['VOTERS']),
  AGENDA: paper('党员大会议程', 'OUTGOING_COMMITTEE', ['SECRETARY'], null, ['ASSEMBLY']),
  CHAIR_SCRIPT: paper('党员大会主持词', 'OUTGOING_COMMITTEE', [], null, ['CHAIR']),
  COMMITTEE_REPORT: paper('上届委员会工作报告（提纲）', 'OUTGOING_COMMITTEE', ['SECRETARY'], null, ['ASSEMBLY']),
  DISCIPLINE_REPORT: paper('纪律检查工作报告（提纲）', 'DISCIPLINE_MEMBER', ['DISCIPLINE_MEMBER'], null, ['ASSEMBLY']),
  DUES_REPORT: paper('党费收缴使用情况报告', 'OUTGOING_COMMITTEE', ['SECRETARY'], null, ['ASSEMBLY']),
  ELECTION_METHOD: paper('选举办法（草案）', 'OUTGOING_COMMITTEE', [], null, ['ASSEMBLY']),
  TELLERS_LIST: paper('监票人、计票人名单（草案）', 'OUTGOING_COMMITTEE', [], null, ['ASSEMBLY']),
  VOTERS_CONFIRMATION: paper('应到会人数确认表', 'OUTGOING_COMMITTEE', ['SECRETARY'], 'SUPERIOR', [
    'SUPERIOR',
    'ASSEMBLY',
  ]),
  SIGN_IN_SHEET: paper('选举大会签到表', 'COUNTERS', ['VOTERS'], null, ['FILE']),
  COMMITTEE_BALLOT: paper('委员选票（差额）', 'OUTGOING_COMMITTEE', [], 'OWN', ['FILE']),
  OFFICER_BALLOT: paper('书记、副书记选票（等额）', 'OUTGOING_COMMITTEE', [], 'OWN', ['FILE']),
  BALLOT_REGISTER: paper('发票收票登记表', 'COUNTERS', ['CHIEF_TELLER', 'COUNTERS'], null, ['FILE']),
  TALLY_SHEET: paper('计票统计表', 'COUNTERS', ['TELLERS', 'COUNTERS'], null, ['FILE']),
  RESULT_SHEET: paper('选举结果报告单', 'CHIEF_TELLER', ['CHIEF_TELLER'], null, ['CHAIR']),
  PLENARY_AGENDA: paper('新一届委员会第一次会议议程与主持词', 'NEW_COMMITTEE', ['CHAIR'], null, ['FILE']),
  PLENARY_RESULT: paper('第一次会议选举结果报告单', 'TELLERS', ['TELLERS'], null, ['CHAIR']),
  RESULT_REQUEST: paper('关于选举结果的报告', 'NEW_COMMITTEE', ['NEW_SECRETARY'], 'OWN', ['SUPERIOR']),
  RESULT_REPLY: paper('关于选举结果的批复', 'SUPERIOR', [], 'SUPERIOR', ['BRANCH']),
  FILE_INDEX: paper('任期档案目录与公告', 'NEW_COMMITTEE', ['NEW_SECRETARY'], null, ['FILE', 'VOTERS']),
} as const satisfies Readonly<Record<string, Rule>>
export type ElectionPaper = keyof typeof rules
export const electionPapers = Object.keys(rules) as readonly ElectionPaper[]

export const paperRuleOf = (name: ElectionPaper): Rule => rules[name]
/** From 1 to 37. */
export const paperNumber = (name: ElectionPaper): number => electionPapers.indexOf(name) + 1

/** Where a seat is filled the committee sits on, and meets as it always does. */
const ofSeats = (title: string, kind: ElectionKind): string =>
  (kind === 'CO_OPTION' ? title.replace('补选', '增补') : title)
    .replace('新一届委员会第一次会议', '委员会会议')
    .replace('第一次会议', '委员会会议')

/** What a paper's title says of the election that it belongs to. */
export function paperTitle(name: ElectionPaper, { kind, body }: { kind: ElectionKind; body: ElectionBody }): string {
  const { title } = rules[name]
  const day = kind === 'EARLY' ? title.replace('延期', '提前') : title
  const seat = isWhole(kind) ? day : ofSeats(day, kind)
  return body === 'CONGRESS' ? seat.replace('党员大会', '党员代表大会') : seat
}

/** An election as far as it decides on its papers. */
export type ElectionOfPapers = {
  kind: ElectionKind
  assemblyOn: IsoDate
  termEnd: IsoDate | null
  /** Of the committee; 0 where the assembly elects the secretary at once. */
  seats: number
  /** Secretary and deputies. */
  posts: number
  /** Party groups that recommend. */
  groups: number
  /** Of a county that has other days than practice. */
  days?: StepDays
}

/** Whether an election needs a paper; those that stand here for none are wanted of every one. */
const wanted: Partial<Record<ElectionPaper, (at: ElectionOfPapers) => boolean>> = {
  WORK_PLAN: ({ kind }) => isWhole(kind),
  ASSEMBLY_REQUEST: ({ kind, seats }) => isWhole(kind) && seats > 0,
  ASSEMBLY_REPLY: ({ kind }) => isWhole(kind),
  // Another day is asked for beside the assembly itself.
  CHANGED_DAY_REQUEST: ({ kind }) => kind === 'LATE' || kind === 'EARLY',
  CHANGED_DAY_REPLY: ({ kind }) => kind === 'LATE' || kind === 'EARLY',
  BRANCH_REQUEST: ({ kind, seats }) => isWhole(kind) && seats === 0,
  VACANCY_REQUEST: ({ kind }) => !isWhole(kind),
  VACANCY_REPLY: ({ kind }) => !isWhole(kind),
  GROUP_RECOMMENDATION: ({ groups }) => groups > 0,
  CONSULTATION: ({ seats }) => seats > 0,
  COMMITTEE_REPORT: ({ kind }) => isWhole(kind),
  DISCIPLINE_REPORT: ({ kind, seats }) => isWhole(kind) && seats > 0,
  DUES_REPORT: ({ kind }) => isWhole(kind),
  COMMITTEE_BALLOT: ({ seats }) => seats > 0,
  OFFICER_BALLOT: ({ posts }) => posts > 0,
  PLENARY_AGENDA: ({ seats, posts }) => seats > 0 && posts > 0,
  PLENARY_RESULT: ({ seats, posts }) => seats > 0 && posts > 0,
}

/** Days that a paper has other than its step: groups hand in their tables before they are put together. */
const ownDays: Partial<Record<ElectionPaper, number>> = { GROUP_RECOMMENDATION: -33 }
/** A superior answers within so many days of a request for another day. */
const answeredWithin = 30

const stepOf = (name: ElectionPaper): StepRule =>
  stepRules.find(({ papers }) => papers.includes(paperNumber(name))) as StepRule

/** By when a paper is due: by its step; the day is moved before the term has ended, not after. */
function dueOn(name: ElectionPaper, { kind, assemblyOn, termEnd, days = {} }: ElectionOfPapers): IsoDate {
  const { step, day } = stepOf(name)
  const usual = addDays(assemblyOn, days[step] ?? ownDays[name] ?? day)
  if (kind !== 'LATE' || termEnd === null) return usual
  const latest =
    name === 'CHANGED_DAY_REQUEST' ? termEnd : name === 'CHANGED_DAY_REPLY' ? addDays(termEnd, answeredWithin) : usual
  return latest < usual ? latest : usual
}

export type PaperDue = { name: ElectionPaper; n: number; step: ElectionStep; dueOn: IsoDate }

/** The papers that an election needs, in their order, each with its day. Pure. */
export const papersFor = (at: ElectionOfPapers): PaperDue[] =>
  electionPapers
    .filter(name => at.kind !== 'DELEGATES' && (wanted[name]?.(at) ?? true))
    .map(name => ({ name, n: paperNumber(name), step: stepOf(name).step, dueOn: dueOn(name, at) }))
