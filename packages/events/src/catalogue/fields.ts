import { z } from 'zod'

export const id = z.uuid()
/** A calendar date of the law. */
export const day = z.iso.date()
/** Money in fen, as digits: a number would lose them. */
export const fen = z.string().regex(/^\d{1,18}$/)
export const version = z.int().positive()
