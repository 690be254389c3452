export type { Publication as ScorePublication, PublishedVersion as ScoreSheetVersion } from '../published/store.ts'
