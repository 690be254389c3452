export type { Order as DuesOrder } from './order.ts'
export type { PayPage as DuesPayPage } from './payment-provider.ts'
export type { Refund as DuesRefund } from './refund.ts'
