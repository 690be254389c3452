export type { Listing as BlackListing, ListingAnswer as BlackListingAnswer } from './listing.ts'
