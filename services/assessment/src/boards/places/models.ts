export type { Board, BoardPlace } from './read-board.ts'
export type BoardGroup = { group: import('./place.ts').Group; title: string }
