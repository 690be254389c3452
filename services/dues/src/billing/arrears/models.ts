export type { Arrears as DuesArrears, ArrearsStep as DuesArrearsStep } from './arrears.ts'
