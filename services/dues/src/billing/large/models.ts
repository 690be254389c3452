export type { LargeDue as DuesLargeDue, LargeStep as DuesLargeStep } from '../payments/large-due.ts'
