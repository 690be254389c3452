export type { Difference as PackDifference } from '../comparison/compare.ts'
export type { PackDocument as LibraryPack, PackDraw } from '../documents/pack.ts'
export type { Finding as PackFinding } from '../validation/finding.ts'
export type { DecidedPack as AssessmentPack, Decision as ScoringDecision } from './decision.ts'
export type { ShownIndicator as PackIndicator, ShownScale as PackScale } from './shown.ts'
export type ScoringSettings = { pack: import('./decision.ts').DecidedPack | null }
export type PackGroup = import('../documents/pack.ts').Scale['groups'][number]
