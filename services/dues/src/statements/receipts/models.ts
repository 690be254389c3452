export type { Receipt as DuesReceipt, ReceiptLine as DuesReceiptLine } from './receipt.ts'
