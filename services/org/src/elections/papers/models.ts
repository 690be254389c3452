export type { OwnText as ElectionPaperText } from './election-file.ts'
export type { ToldPaper as ElectionPaper } from './read-papers.ts'
