import { addDays, type IsoDate } from '../calendar.ts'
import { byPractice } from '../citations.ts'
import { type Citation, practiceArticle } from '../deadline.ts'

/** What an election goes through, in its order. */
export const electionSteps = [
  'PLAN',
  'REQUEST',
  'REPLY',
  'NOMINATION',
  'RECOMMENDATION',
  'CONSULTATION',
  'CANDIDATES_REQUEST',
  'CANDIDATES_REPLY',
  'ANNOUNCEMENT',
  'SUMMONS',
  'PREPARATION',
  'ASSEMBLY',
  'REPORT',
  'RESULT_REPLY',
] as const
export type ElectionStep = (typeof electionSteps)[number]

/** The organisation that elects, or the one above it. */
export type ElectionOffice = 'OWN' | 'SUPERIOR'
export type StepRule = { step: ElectionStep; day: number; office: ElectionOffice; papers: readonly number[] }

/** What is not gone through where delegates are elected: the congress was agreed to, and who stands may be announced and need not. */
export const notOfDelegates: ReadonlySet<ElectionStep> = new Set(['PLAN', 'REQUEST', 'REPLY', 'ANNOUNCEMENT'])

/** In days from the assembly, as offices do it; a county may have other days. The papers are those of the 37. */
export const stepRules: readonly StepRule[] = [
  { step: 'PLAN', day: -60, office: 'OWN', papers: [1] },
  { step: 'REQUEST', day: -45, office: 'OWN', papers: [2, 4, 6, 7] },
  { step: 'REPLY', day: -40, office: 'SUPERIOR', papers: [3, 5, 8] },
  { step: 'NOMINATION', day: -35, office: 'OWN', papers: [9, 10] },
  { step: 'RECOMMENDATION', day: -30, office: 'OWN', papers: [11] },
  { step: 'CONSULTATION', day: -28, office: 'OWN', papers: [12] },
  { step: 'CANDIDATES_REQUEST', day: -25, office: 'OWN', papers: [13] },
  { step: 'CANDIDATES_REPLY', day: -15, office: 'SUPERIOR', papers: [14, 16] },
  { step: 'ANNOUNCEMENT', day: -10, office: 'OWN', papers: [15, 17] },
  { step: 'SUMMONS', day: -7, office: 'OWN', papers: [18] },
  { step: 'PREPARATION', day: -3, office: 'OWN', papers: [19, 20, 21, 22, 23, 24, 25, 26] },
  { step: 'ASSEMBLY', day: 0, office: 'OWN', papers: [27, 28, 29, 30, 31, 32, 33, 34] },
  { step: 'REPORT', day: 3, office: 'OWN', papers: [35] },
  { step: 'RESULT_REPLY', day: 30, office: 'SUPERIOR', papers: [36, 37] },
]
/** Its source says that practice has it so; an election that is late is the superior's matter all the same. */
export const timelineCitation: Citation = {
  article: '换届选举各环节办理时间',
  source: practiceArticle,
  certainty: 'RECALLED',
}

export type TimelineStep = StepRule & { dueOn: IsoDate }

/** The steps back and forth from the day of the assembly. Pure. @param days of a county, by step, where it has others */
export const timelineTo = (
  assemblyOn: IsoDate,
  days: Readonly<Partial<Record<ElectionStep, number>>> = {},
): TimelineStep[] =>
  stepRules.map(rule => {
    const day = days[rule.step] ?? rule.day
    return { ...rule, day, dueOn: addDays(assemblyOn, day) }
  })

/** A notice of candidates hangs out for so many working days. */
export const announcementDays = { workingDays: 5, citation: byPractice('候选人公示不少于五个工作日') } as const
