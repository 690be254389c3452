export type { StructureFinding } from '@linghang/rulebook'
export type { FindingCount as StructureFindingCount } from './read-checks.ts'
