export type { MakeableDocument as CaseDocument } from './make-documents.ts'
