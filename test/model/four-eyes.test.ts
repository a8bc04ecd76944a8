import { testStories } from './stories.ts';

testStories(true);
