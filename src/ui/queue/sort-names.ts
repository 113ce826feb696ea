import type { SortOrder } from '../../core/queue.ts';

export const sortNames: Record<SortOrder, string> = {
  order: 'as imported',
  title: 'by title',
  length: 'longest first',
  spans: 'most spans first',
  status: 'by status',
  date: 'by date',
  random: 'random',
};
