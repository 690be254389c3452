import { z } from 'zod'

export const id = z.uuid()
/** A calendar date of the law. */
export const day = z.iso.date()
export const version = z.int().positive()
