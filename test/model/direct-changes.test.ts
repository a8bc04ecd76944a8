import { testStories } from './stories.ts';

testStories(false);
