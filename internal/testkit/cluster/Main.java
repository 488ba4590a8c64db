import java.util.*;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/** One node of OpenSearch with the settings that its arguments give as name=value. */
public final class Main extends Node {
    private Main(Settings settings) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "node"), PLUGINS, true);
    }

    private static final List<PluginInfo> PLUGINS = List.of(
        plugin("org.opensearch.transport.Netty4ModulePlugin"),
        plugin("org.opensearch.analysis.common.CommonAnalysisModulePlugin"),
        plugin("org.opensearch.painless.PainlessModulePlugin"));

    private static PluginInfo plugin(String name) {
        return new PluginInfo(name, "of the class path", "1", Version.CURRENT, "21", name, null, List.of(), false);
    }

    @Override
    protected void configureNodeAndClusterIdStateListener(org.opensearch.cluster.service.ClusterService service) {}

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder();
        for (String argument : arguments) {
            int at = argument.indexOf('=');
            settings.put(argument.substring(0, at), argument.substring(at + 1));
        }
        Node node = new Main(settings.build());
        node.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try { node.close(); } catch (Exception e) { e.printStackTrace(); }
        }));
        Thread.currentThread().join();
    }
}
