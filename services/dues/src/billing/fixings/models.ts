export type { Fixing as DuesFixing } from './fixing.ts'
export type { FixingLine as DuesFixingLine } from './fixing-line.ts'
