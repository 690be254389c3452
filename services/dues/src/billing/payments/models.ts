import type { Share } from './payment.ts'

export type { Payment as DuesPayment } from './payment.ts'
export type DuesPaymentShare = Share & { month: string }
