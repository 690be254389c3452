/** What somebody wrote before a criticism meeting: of themselves, or of another. */
export type CriticismOpinion = {
  id: string
  meetingId: string
  orgId: string
  aboutMemberId: string
  byMemberId: string
  text: string
  saidAt: Date
}

/** What is to be mended after a criticism meeting, by when; of one person, or of the branch. */
export type CriticismMeasure = {
  id: string
  meetingId: string
  orgId: string
  memberId: string | null
  problem: string
  measure: string
  dueOn: string
  doneOn: string | null
  outcome: string | null
}

export const criticismLimits = {
  opinion: 2_000,
  problem: 500,
  measure: 1_000,
  opinionsEach: 50,
  opinionsAbout: 100,
  measures: 200,
} as const

/** Not done by the end of its day. */
export const isOverdue = ({ dueOn, doneOn }: Pick<CriticismMeasure, 'dueOn' | 'doneOn'>, today: string): boolean =>
  doneOn === null && dueOn < today
