import type { QueryLanguage } from './query-text.js';

/** The groups that one query reads: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
export const maxQueryGroups = 50;

/** The rows that one query gives: of the Logs Insights query language, and of the other languages. */
export const maxQueryRows: Readonly<Record<QueryLanguage, number>> = { CWLI: 100_000, PPL: 10_000, SQL: 10_000 };
