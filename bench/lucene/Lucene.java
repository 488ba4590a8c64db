import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.*;
import java.util.concurrent.*;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.facet.*;
import org.apache.lucene.facet.sortedset.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Builds an index of the passages, or asks it the questions, that stand on
 * standard input. Every string there has its length in UTF-8 before it, as four
 * bytes; lists are strings with tabs between.
 */
public class Lucene {
  /** Rounds before those that are timed: the JVM compiles what runs often while it runs. */
  static final int WARM = 10;

  static final String[] FACETS = {"region", "level", "year", "kind"};
  static final Analyzer ANALYZER = new CJKAnalyzer(CharArraySet.EMPTY_SET);

  public static void main(String[] args) throws Exception {
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 20));
    if (args[0].equals("build")) {
      build(in, Path.of(args[1]));
    } else {
      ask(in, Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
    }
  }

  static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  /** Builds with one thread for each processor, and never merges by force. */
  static void build(DataInputStream in, Path dir) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(ANALYZER).setRAMBufferSizeMB(256);
    FacetsConfig facets = new FacetsConfig();
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(dir), config)) {
      sideBySide(Runtime.getRuntime().availableProcessors(), i -> {
        for (String[] p = next(in); p != null; p = next(in)) {
          writer.addDocument(facets.build(document(p)));
        }
      });
      writer.commit();
    }
  }

  interface Task {
    void run(int number) throws Exception;
  }

  /** Runs a task in several threads, each with its number. */
  static void sideBySide(int threads, Task task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      all.add(pool.submit(() -> {
        task.run(number);
        return null;
      }));
    }
    pool.shutdown();
    for (Future<?> one : all) {
      one.get();
    }
  }

  /** The next passage: id, text, region, regions, level, year, kind; null at the end. */
  static String[] next(DataInputStream in) throws IOException {
    synchronized (in) {
      String[] p = new String[7];
      try {
        p[0] = read(in);
      } catch (EOFException e) {
        return null;
      }
      for (int i = 1; i < p.length; i++) {
        p[i] = read(in);
      }
      return p;
    }
  }

  static Document document(String[] p) {
    Document d = new Document();
    d.add(new StoredField("id", p[0]));
    d.add(new TextField("text", p[1], Field.Store.YES));
    for (String region : p[3].split("\t")) {
      d.add(new StringField("regions", region, Field.Store.NO));
    }
    String[] values = {p[2], p[4], p[5], p[6]};
    for (int i = 0; i < FACETS.length; i++) {
      d.add(new StringField(FACETS[i], values[i], Field.Store.NO));
      d.add(new SortedSetDocValuesFacetField(FACETS[i], values[i]));
    }
    return d;
  }

  /** Asks as the plans of bench/workload do, and prints the answers as it reads them. */
  static void ask(DataInputStream in, Path dir, int rounds, int clients, int seconds) throws Exception {
    Asker asker = new Asker(DirectoryReader.open(FSDirectory.open(dir)));
    List<Query> questions = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      questions.add(asker.query(read(in), read(in)));
    }
    long[] totals = new long[questions.size()];
    double[][] ms = new double[questions.size()][rounds];
    for (int round = -WARM; round < rounds; round++) {
      for (int i = 0; i < totals.length; i++) {
        long began = System.nanoTime();
        totals[i] = asker.put(questions.get(i));
        if (round >= 0) {
          ms[i][round] = (System.nanoTime() - began) / 1e6;
        }
      }
    }
    long began = System.nanoTime();
    Collection<Double> crowd = seconds == 0 ? List.of() : crowd(asker, questions, clients, began + seconds * 1_000_000_000L);
    StringBuilder out = new StringBuilder("{\"totals\":").append(Arrays.toString(totals)).append(",\"ms\":");
    out.append(Arrays.deepToString(ms)).append(",\"client_ms\":").append(crowd);
    out.append(String.format(Locale.ROOT, ",\"client_sec\":%.6f}", (System.nanoTime() - began) / 1e9));
    System.out.println(out);
  }

  static Collection<Double> crowd(Asker asker, List<Query> questions, int clients, long until) throws Exception {
    Collection<Double> times = new ConcurrentLinkedQueue<>();
    sideBySide(clients, c -> {
      for (int i = c * questions.size() / clients; System.nanoTime() < until; i++) {
        long began = System.nanoTime();
        asker.put(questions.get(i % questions.size()));
        times.add((System.nanoTime() - began) / 1e6);
      }
    });
    return times;
  }

  /** Puts questions to one open index; safe for several threads. */
  static class Asker {
    final IndexSearcher searcher;
    final SortedSetDocValuesReaderState state;
    final FacetsConfig config = new FacetsConfig();
    final UnifiedHighlighter highlighter;

    Asker(DirectoryReader reader) throws IOException {
      searcher = new IndexSearcher(reader);
      state = new DefaultSortedSetDocValuesReaderState(reader);
      highlighter = new UnifiedHighlighter(searcher, ANALYZER);
    }

    /** Makes a query of words, and of filters as field=value. */
    Query query(String words, String filters) {
      BooleanQuery.Builder all = new BooleanQuery.Builder();
      QueryBuilder builder = new QueryBuilder(ANALYZER);
      if (words.isEmpty()) {
        all.add(new MatchAllDocsQuery(), BooleanClause.Occur.MUST);
      } else {
        for (String word : words.split("\t")) {
          all.add(builder.createPhraseQuery("text", word), BooleanClause.Occur.MUST);
        }
      }
      if (!filters.isEmpty()) {
        for (String filter : filters.split("\t")) {
          String[] f = filter.split("=", 2);
          all.add(new TermQuery(new Term(f[0], f[1])), BooleanClause.Occur.FILTER);
        }
      }
      return all.build();
    }

    /** Takes the total, the top ten with text and highlights, and all facets. */
    long put(Query query) throws IOException {
      TopScoreDocCollector top = TopScoreDocCollector.create(10, Integer.MAX_VALUE);
      FacetsCollector matches = new FacetsCollector();
      searcher.search(query, MultiCollector.wrap(top, matches));
      TopDocs hits = top.topDocs();
      SortedSetDocValuesFacetCounts counts = new SortedSetDocValuesFacetCounts(state, matches);
      for (String name : FACETS) {
        counts.getTopChildren(50, name);
      }
      for (ScoreDoc hit : hits.scoreDocs) {
        searcher.doc(hit.doc);
      }
      highlighter.highlight("text", query, hits);
      return hits.totalHits.value;
    }
  }
}
