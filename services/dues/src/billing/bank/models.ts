export type { OpenedLine as DuesBankLine } from './read-lines.ts'
