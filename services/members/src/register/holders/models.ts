export type { Holder as DuesHolder } from './holder.ts'
