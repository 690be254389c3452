export type { LimitRefusal as DuesLimitRefusal } from './limit-refusal.ts'
export type { SpendingStep as DuesSpendingStep, ToldSpending as DuesSpending } from './spending.ts'
export type { Voucher as DuesVoucher } from './voucher.ts'
export type { VoucherPaper as DuesVoucherPaper } from './voucher-paper.ts'
