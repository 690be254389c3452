import type { DocumentTemplate } from '@linghang/documents'
import type { ElectionPaper } from '@linghang/rulebook'
import type { ElectionFile } from './election-file.ts'
import type { Fields } from './paper-fields.ts'

/** One of the 37 papers of an election (S0-10): titles, numbers, and who signs stand in the rulebook. */
export type PaperTemplate = Omit<DocumentTemplate<ElectionPaper, ElectionFile, Fields>, 'title'> & {
  /** What the branch may write itself: the paper's text, or one of each candidate. */
  own?: 'TEXT' | 'CANDIDATES'
}
